package repl

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"
)

// A desk is a screen on an invented terminal, and stands for the library that writes
// to it.
type desk struct {
	screen
	terminal vt10x.Terminal
}

func newDesk(columns, rows int) *desk {
	d := &desk{terminal: vt10x.New(vt10x.WithSize(columns, rows))}
	d.out = lineEnds{d.terminal}
	d.size = func() (int, int) { return columns, rows }
	d.begin("s> ")
	d.edit("", 0)
	return d
}

// lineEnds does for a terminal's output what the system does.
type lineEnds struct{ vt10x.Terminal }

func (l lineEnds) Write(p []byte) (int, error) {
	_, err := l.Terminal.Write([]byte(strings.ReplaceAll(string(p), "\n", "\r\n")))
	return len(p), err
}

// edit is what the library does when an entry has changed.
func (d *desk) edit(entry string, pos int) {
	d.write("\x1b[J\x1b[2K\r")
	d.write(string(d.Paint([]rune(marked(entry)), pos)) + "whatever it thinks\b\b")
}

func (d *desk) write(text string) { fmt.Fprint(&d.screen, text) }

// shows is what the terminal shows, with | where the cursor is.
func (d *desk) shows() string {
	var lines []string
	cursor := d.terminal.Cursor()
	for y, line := range strings.Split(d.terminal.String(), "\n") {
		if y == cursor.Y {
			runes := []rune(line)
			line = strings.TrimRight(string(runes[:cursor.X])+"|"+string(runes[cursor.X:]), " ")
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func (d *desk) expect(t *testing.T, when string, lines ...string) {
	t.Helper()
	if got, want := d.shows(), strings.Join(lines, "\n"); got != want {
		t.Errorf("%s: the terminal shows\n%s\nwant\n%s", when, got, want)
	}
}

func TestScreenShowsTheEntry(t *testing.T) {
	d := newDesk(10, 6)
	d.expect(t, "at first", "s> |")
	d.edit("abc", 2)
	d.expect(t, "typed", "s> ab|c")
	d.edit("abcdefg", 7)
	d.expect(t, "to the edge", "s> abcdefg", "|")
	d.edit("abcdefghij", 0)
	d.expect(t, "beyond, cursor at the start", "s> |abcdefg", "hij")
	d.edit("abc\n  d", 7)
	d.expect(t, "lines", "s> abc", ".>   d|")
	d.edit("x", 1)
	d.expect(t, "shorter", "s> x|")
	d.edit("abcdefgh\nij\n", 1) // which ends in the mark of a line end
	d.expect(t, "with an empty last line", "s> a|bcdefg", "h", ".> ij", ".>")
	d.write("\x1b[J\x1b[2K\r")
	d.Paint([]rune("x\n"), 2)
	d.write("x\n")
	d.expect(t, "entered", "s> x", "|")
}

func TestScreenOfALongEntryFollowsTheCursor(t *testing.T) {
	d := newDesk(10, 4)
	entry := "a\nb\nc\nd\ne\nf"
	d.edit(entry, len(entry))
	d.expect(t, "at the end", ".> d", ".> e", ".> f|")
	d.edit(entry, 0)
	d.expect(t, "at the start", "s> |a", ".> b", ".> c")
	d.edit(entry+"\n", len(entry)) // the library's line end of Enter is not marked
	d.Paint([]rune(marked(entry)+"\n"), len(entry)+1)
	d.write("entered")
	d.expect(t, "entered", ".> d", ".> e", ".> f", "|")
}

func TestScreenShowsWhatStandsBelow(t *testing.T) {
	d := newDesk(14, 5)
	d.hint = func(before string) string { return "(" + before + ")" }
	d.edit("ab", 1)
	d.expect(t, "a hint", "s> a|b", "(a)")
	d.write("\n\x1b[Jalpha  beta  \n\x1b[30;47mgamma  \x1b[0m\x1b[3A\r\x1b[99C")
	d.expect(t, "candidates", "s> a|b", "alpha  beta", "gamma", "(a)")
	d.hint = nil
	d.edit("abc", 3)
	d.write("\x1b[J\x1b[30;47mone\x1b[0m\n\x1b[3A\r\x1b[99C") // where the library thinks of a row less
	d.expect(t, "candidates on the next row", "s> abc|", "one")
	d.write("\n\x1b[J1\n2\n3\n4\n5\n6\n\x1b[7A\r\x1b[9C")
	d.expect(t, "more than there is room for", "s> abc|", "1", "2", "3", "… 3 more lines")
	d.hint = func(string) string { return "hint" }
	d.edit("abc", 3)
	for _, part := range []string{"\n\x1b[J1\n2\n3\n", "4\n" + selected + "5" + noColour + "\n6\n\x1b[7", "A\r\x1b[9C"} {
		d.write(part) // it writes long lists in parts
	}
	d.expect(t, "the chosen one", "s> abc|", "4", "5", "… 4 more lines", "hint")
	d.write("\n\x1b[J1\n2\n")
	d.edit("abc", 3)
	d.expect(t, "a list that is not finished", "s> abc|", "hint")
	d.hint = nil
	d.edit("abcd", 3)
	d.write("\b")
	d.write(underlined)
	d.write("d")
	d.write(noColour)
	d.write("\n\x1b[Jbck-i-search: d\x1b[4m \x1b[0m\r\x1b[1A\x1b[5C")
	d.expect(t, "a search", "s> abc|d", "bck-i-search:")
	if mode := d.terminal.Cell(6, 0).Mode; mode == d.terminal.Cell(5, 0).Mode {
		t.Error("what was found does not stand out")
	}
	d.erase()
	d.expect(t, "erased", "|")
}

func TestOutputAppearsAboveTheEntry(t *testing.T) {
	d := newDesk(12, 8)
	d.hint = func(string) string { return "hint" }
	out := d.above(d.out)
	d.edit("abcdefghij\nk", 11)
	fmt.Fprintln(out, "a task")
	d.expect(t, "a line", "a task", "s> abcdefghi", "j", ".> |k", "hint")
	fmt.Fprint(out, "half")
	d.expect(t, "half a line", "a task", "half", "s> abcdefghi", "j", ".> |k", "hint")
	d.edit("x", 1)
	d.expect(t, "the next key", "a task", "half", "s> x|", "hint")
	d.hint = nil
	d.Paint([]rune("x\n"), 2)
	d.write("x\n")
	fmt.Fprint(out, "now ")
	fmt.Fprint(out, "as is")
	d.expect(t, "with no entry", "a task", "half", "s> x", "now as is|")
}

func TestManyCandidatesLeaveHalfOfTheTerminal(t *testing.T) {
	d := newDesk(12, 41)
	fmt.Fprintln(d.above(d.out), "printed")
	d.edit("abc", 3)
	d.write("\n\x1b[J" + strings.Repeat("x\n", 100) + "\x1b[101A\r\x1b[9C")
	d.expect(t, "candidates", append([]string{"printed", "s> abc|"}, append(slices.Repeat([]string{"x"}, 19), "… 81 more li")...)...)
}

// A hint may wait for a task that prints.
func TestOutputWhileAHintIsMade(t *testing.T) {
	d := newDesk(12, 8)
	out := d.above(d.out)
	d.hint = func(string) string {
		fmt.Fprintln(out, "printed")
		return "hint"
	}
	d.edit("a", 1)
	d.expect(t, "both", "printed", "s> a|", "hint")
}

func TestClearingTheScreenKeepsTheEntry(t *testing.T) {
	d := newDesk(12, 4)
	fmt.Fprintln(d.above(d.out), "before")
	d.edit("abc", 3)
	d.write(clearing)
	d.edit("abc", 3)
	d.expect(t, "Ctrl-L", "s> abc|")
}

func TestTheEntryIsDrawnAgainWhenTheTerminalHasAnotherSize(t *testing.T) {
	d := newDesk(14, 5)
	d.hint = func(string) string { return "a long hint" }
	d.edit("abc", 3)
	d.expect(t, "wide", "s> abc|", "a long hint")
	d.terminal.Resize(8, 5)
	d.size = func() (int, int) { return 8, 5 }
	d.resized()
	d.expect(t, "narrow", "s> abc|", "a long h")
	d.end()
	d.terminal.Resize(7, 5)
	d.resized()
	d.expect(t, "left to others", "s> abc|", "a long")
}

// tmux puts the whole terminal into its history when it is cleared from the first
// corner on.
func TestNoKeyPutsTheEntryIntoTheHistoryOfTmux(t *testing.T) {
	d := newDesk(12, 4)
	d.hint = func(string) string { return "hint" }
	out := &corners{lineEnds: lineEnds{d.terminal}}
	d.out = out
	d.edit("a", 1)
	d.edit("ab\nc", 4)
	d.resized()
	d.erase()
	if out.cleared > 0 {
		t.Errorf("the terminal was cleared from its first corner on %d times", out.cleared)
	}
}

// corners counts how often the terminal is cleared from its first corner on.
type corners struct {
	lineEnds
	cleared int
}

func (c *corners) Write(p []byte) (int, error) {
	for i, piece := range strings.Split(string(p), "\x1b[J") {
		if i > 0 {
			if cursor := c.Cursor(); cursor.X == 0 && cursor.Y == 0 {
				c.cleared++
			}
			piece = "\x1b[J" + piece
		}
		if _, err := c.lineEnds.Write([]byte(piece)); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}
