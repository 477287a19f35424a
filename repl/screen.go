package repl

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A screen is the end of a terminal's output: the entry that a person edits, and
// what stands below it. The library's editor would draw an entry as one line, count
// every character as one column when it moves the cursor, and leave no place for
// anything else. So it is given a Painter that tells the screen what to show, and
// the screen for its output, which draws that anew and drops what the library
// wrote. What others print appears above the entry.
type screen struct {
	out  io.Writer
	size func() (columns, rows int)

	// colour is an entry with colours, hint a line to show below it with the cursor
	// behind before. Nil: none.
	colour func(entry string) string
	hint   func(before string) string

	mu      sync.Mutex
	prompt  string
	line    []rune // the library's, with marks
	pos     int    // of the cursor
	painted bool   // what the library writes next is this line

	shown   bool     // an entry is on the terminal
	columns int      // for which it was drawn
	top     int      // the first row of it that is, if it is higher than the terminal
	row     int      // of the cursor, counted from there
	note    string   // the hint
	below   []string // what stands below the entry: candidates, the text that is searched for
	begun   string   // what the library has begun to write of that
	marking bool     // what the library writes next is a text that it found
	found   string   // this text
}

// begin says what the next entry stands behind.
func (s *screen) begin(prompt string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prompt, s.shown = prompt, false
}

// Paint implements readline.Painter.
func (s *screen) Paint(line []rune, pos int) []rune {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line, s.pos, s.painted = slices.Clone(line), pos, true
	return nil
}

// entry is what is being edited, and where the cursor is in it.
func (s *screen) entry() (line []rune, pos int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line, s.pos
}

// What the library writes beside entries.
var (
	// It would erase the entry: drawing does that.
	erasing = lazyregexp.New(`^\x1b\[J(?:\x1b\[2K|\r)|^[\r\x08]+\x1b\[J$`)
	// A list of candidates, or the text that is searched for, with the moves that
	// bring the cursor there and back.
	under          = lazyregexp.New(`(?s)^\n*\x1b\[J(.*?)(?:\x1b\[\d+A\r|\r\x1b\[\d+A)(?:\x1b\[\d+C)?$`)
	beginningUnder = lazyregexp.New(`^\n+\x1b\[J`)
	// It would go back to what it found in the entry.
	stepping = lazyregexp.New(`^\x08*$`)
)

const (
	clearing   = "\x1b[H" // of Ctrl-L
	underlined = "\x1b[4m"
)

// Write implements io.Writer for the library.
func (s *screen) Write(p []byte) (int, error) {
	note := s.hintOfPainted()
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.begun + string(p)
	switch {
	case s.painted:
		s.painted, s.found, s.note, s.below, s.begun = false, "", note, nil, ""
		return len(p), s.draw()
	case erasing.MatchString(text), stepping.MatchString(text):
	case s.marking:
		if s.marking = text != noColour; s.marking {
			s.found = text
		}
	case text == underlined:
		s.marking = true
	case under.MatchString(text):
		s.begun, s.below = "", strings.Split(strings.TrimRight(under.FindStringSubmatch(text)[1], "\n"), "\n")
		return len(p), s.draw()
	case beginningUnder.MatchString(text):
		s.begun = text // it writes so many bytes at a time
	case text == clearing:
		s.shown = false
		return s.out.Write([]byte(clearing + "\x1b[2J"))
	default:
		return s.out.Write(p) // the bell
	}
	return len(p), nil
}

// hintOfPainted is the hint for the line that is to be drawn. It is made without the
// lock, because it may wait for a task that is just printing.
func (s *screen) hintOfPainted() string {
	s.mu.Lock()
	wanted := s.painted && s.hint != nil && !s.entered()
	before := ""
	if wanted {
		before = unmarked(string(s.line[:s.pos]))
	}
	s.mu.Unlock()
	if !wanted {
		return ""
	}
	return s.hint(before)
}

// entered reports whether the line is one that Enter, or Ctrl-C, has ended.
func (s *screen) entered() bool { return len(s.line) > 0 && s.line[len(s.line)-1] == '\n' }

// draw draws the entry, and what is below it, over what was drawn before.
func (s *screen) draw() error {
	var b strings.Builder
	if !s.entered() {
		b.WriteString(hideCursor)
	}
	s.toTop(&b)
	l := s.lay()
	width, height := s.size()
	s.columns, s.top, s.shown = width, 0, !s.entered()
	rows := l.rows
	if s.entered() {
		rows = rows[:len(rows)-1] // behind the line end
	} else {
		s.top = max(0, l.row-height+2)
		rows = rows[s.top:min(len(rows), s.top+max(height-1, 1))]
	}
	for i, r := range rows {
		b.WriteString(r.text)
		if i == len(rows)-1 && s.entered() || i < len(rows)-1 && !r.full {
			b.WriteString("\n")
		}
	}
	if s.shown {
		s.row = l.row - s.top
		extra := s.drawBelow(&b, height-len(rows), width)
		moveTo(&b, len(rows)-1+extra-s.row, l.column, extra > 0 || s.pos < len(s.line))
		b.WriteString(showCursor)
	}
	_, err := io.WriteString(s.out, b.String())
	return err
}

const (
	hideCursor = "\x1b[?25l"
	showCursor = "\x1b[?25h"
)

// toTop goes to where the entry begins and clears the rest of the terminal.
func (s *screen) toTop(b *strings.Builder) {
	if s.shown {
		if width, _ := s.size(); width != s.columns {
			s.row = s.lay().row // the terminal has arranged it anew
		}
		if s.row > 0 {
			fmt.Fprintf(b, "\x1b[%dA", s.row)
		}
		b.WriteString("\r \x1b[J\r") // the blank: tmux puts into its history what is cleared from the first corner on
		return
	}
	b.WriteString("\x1b[J")
}

// lay is the entry's layout.
func (s *screen) lay() layout {
	text := unmarked(string(s.line))
	width, _ := s.size()
	painted := text
	switch from, to, ok := s.foundAt(); {
	case ok:
		painted = unmarked(string(s.line[:from])) + underlined + unmarked(s.found) + noColour + unmarked(string(s.line[to:]))
	case s.colour != nil && !strings.HasPrefix(text, ":"):
		painted = s.colour(text)
	}
	return lay(painted, s.prompt, continuation(s.prompt), s.pos, width)
}

// foundAt is where in the line the text is that was searched for: behind the
// cursor, or before it.
func (s *screen) foundAt() (from, to int, ok bool) {
	n := len([]rune(s.found))
	for _, from := range []int{s.pos, s.pos - n} {
		if n > 0 && from >= 0 && from+n <= len(s.line) && string(s.line[from:from+n]) == s.found {
			return from, from + n, true
		}
	}
	return 0, 0, false
}

// fewRows may stand below an entry; more take half of the rows there are, so that what
// was printed above stays in sight.
const fewRows = 8

// drawBelow draws what stands below the entry, where so many rows are, and returns how
// many it took.
func (s *screen) drawBelow(b *strings.Builder, rows, width int) int {
	lines := s.below
	if s.note != "" {
		rows--
	}
	if most := max(rows/2, min(rows, fewRows)); len(lines) > most {
		lines = partOf(lines, most)
	}
	if s.note != "" {
		lines = append(slices.Clip(lines), s.note)
	}
	for _, line := range lines {
		b.WriteString("\n" + lay(strings.TrimRight(line, " "), "", "", 0, width).rows[0].text)
	}
	return len(lines)
}

// selected is how the library marks the candidate that a person has chosen.
const selected = "\x1b[30;47m"

// partOf are so many of the lines with candidates, those around the chosen one, and how
// many more there are.
func partOf(lines []string, rows int) []string {
	if rows < 2 {
		return lines[:max(rows, 0)]
	}
	chosen := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, selected) })
	first := min(max(0, chosen-(rows-2)), len(lines)-(rows-1))
	return append(slices.Clone(lines[first:first+rows-1]), "… "+english.Count(len(lines)-(rows-1), "more line"))
}

// moveTo moves the cursor up and to a column, if it is not there already.
func moveTo(b *strings.Builder, up, column int, away bool) {
	if up == 0 && !away {
		return
	}
	if up > 0 {
		fmt.Fprintf(b, "\x1b[%dA", up)
	}
	b.WriteString("\r")
	if column > 0 {
		fmt.Fprintf(b, "\x1b[%dC", column)
	}
}

// resized draws the entry for the size that the terminal has now.
func (s *screen) resized() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown {
		_ = s.draw()
	}
}

// end leaves the terminal to others.
func (s *screen) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = false
}

// erase takes the entry off the terminal.
func (s *screen) erase() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.eraseLocked()
}

func (s *screen) eraseLocked() {
	if s.shown {
		var b strings.Builder
		s.toTop(&b)
		_, _ = io.WriteString(s.out, b.String())
		s.shown = false
	}
}

// above is a writer whose text appears above the entry that is being edited, on
// lines of its own.
func (s *screen) above(w io.Writer) io.Writer { return aboveEntry{s, w} }

type aboveEntry struct {
	screen *screen
	w      io.Writer
}

func (a aboveEntry) Write(p []byte) (int, error) {
	s := a.screen
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shown || len(p) == 0 {
		return a.w.Write(p)
	}
	s.eraseLocked()
	n, err := a.w.Write(p)
	if p[len(p)-1] != '\n' {
		_, _ = io.WriteString(a.w, "\n")
	}
	_ = s.draw()
	return n, err
}

// continuation stands before the further lines of an entry.
func continuation(prompt string) string {
	name := strings.TrimSuffix(prompt, "> ")
	return strings.Repeat(".", columns.Of(name)) + "> "
}
