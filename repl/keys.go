package repl

import (
	"slices"
	"strings"

	"github.com/chzyer/readline"
)

// The library reads one line and knows nothing of entries with several, or of
// pasting. Terminal looks at each key before the library does (filter) and at the
// line after it (change).

// filter implements readline.Config.FuncFilterInputRune.
func (t *Terminal) filter(key rune) (rune, bool) {
	operation := t.instance.Operation
	editing := !operation.IsSearchMode() && !operation.IsInCompleteSelectMode()
	if operation.IsInCompleteMode() {
		t.setColumns(t.neededColumns())
	} else {
		t.setColumns(endless)
	}
	switch {
	case key == pasteMark:
		operation.ExitCompleteMode(false)
		t.changing = insert(t.keyboard.next())
		return doNothing, true
	case key == 0, key == readline.CharCtrlZ:
		t.screen.erase()
	case (key == readline.CharEnter || key == readline.CharCtrlJ) && editing && t.goesOn():
		t.changing = newLine
		operation.ExitCompleteMode(false)
		t.instance.Terminal.KickRead() // it stops reading after Enter
		return lineEndMark, true
	case key == openLine && editing:
		t.changing = newLine
		operation.ExitCompleteMode(false)
		return lineEndMark, true
	case (key == readline.CharBckSearch || key == readline.CharFwdSearch) && !operation.IsSearchMode():
		t.sought = t.restoring()
	case (key == readline.CharInterrupt || key == readline.CharBell) && operation.IsSearchMode():
		t.changing = t.sought // the library goes back to what it found before
	case key == readline.CharInterrupt && operation.IsInCompleteMode():
		operation.ExitCompleteMode(false) // else only the list would go
	case edits[key] != nil && editing && t.changes(edits[key]):
		if key == readline.CharDelete {
			t.instance.Terminal.KickRead() // it stops reading after Ctrl-D
		}
		t.changing = edits[key]
		return doNothing, true
	case key == deleteMark:
		return doNothing, true
	}
	return key, true
}

// doNothing is a key that changes nothing. (The library has a way to drop a key,
// but reads one more then than it should.)
const doNothing = readline.CharBell

// openLine is Ctrl-O, which begins a new line of an entry that is complete, too.
const openLine = 'O' & 0x1f

// goesOn reports whether Enter begins a new line of the entry: if it is not complete.
func (t *Terminal) goesOn() bool {
	line, _ := t.screen.entry()
	return t.incomplete != nil && t.incomplete(unmarked(string(line)))
}

// change implements readline.Listener.
func (t *Terminal) change(line []rune, pos int, key rune) ([]rune, int, bool) {
	if line == nil {
		return nil, 0, false // the beginning, on another goroutine
	}
	edit := t.changing
	t.changing = nil
	switch {
	case t.instance.Operation.IsSearchMode():
		return nil, 0, false
	case edit != nil:
		line, pos = edit(line, pos)
		return line, pos, true
	case key <= ' ' || key == readline.CharBackspace:
		return nil, 0, false
	}
	entry, pos, ok := reindented(unmarked(string(line)), pos)
	return []rune(marked(entry)), pos, ok
}

// An edit changes the line and the cursor's place in it.
type edit func(line []rune, pos int) ([]rune, int)

// insert puts a text where the cursor is.
func insert(text string) edit {
	return func(line []rune, pos int) ([]rune, int) {
		runes := []rune(marked(text))
		return slices.Concat(line[:pos], runes, line[pos:]), pos + len(runes)
	}
}

// restoring brings back the line as it is now.
func (t *Terminal) restoring() edit {
	line, pos := t.screen.entry()
	line = slices.Clone(line)
	return func([]rune, int) ([]rune, int) { return line, pos }
}

// newLine indents the line that has just begun.
func newLine(line []rune, pos int) ([]rune, int) {
	entry := unmarked(string(line))
	before, after := string([]rune(entry)[:pos]), string([]rune(entry)[pos:])
	rest, _, _ := strings.Cut(after, "\n")
	indent := indentOf(before, rest)
	return []rune(marked(before + indent + after)), pos + len(indent)
}

// edits are keys that the library does not know, or that mean more in an entry of
// several lines, or next to a character made of several runes.
var edits = map[rune]edit{
	readline.CharPrev:      up,
	readline.CharNext:      down,
	readline.CharLineStart: lineStart,
	readline.CharLineEnd:   lineEnd,
	readline.CharBackward:  overCluster(clusterBefore),
	readline.CharForward:   overCluster(clusterBehind),
	readline.CharBackspace: withoutCluster(clusterBefore),
	readline.CharCtrlH:     withoutCluster(clusterBefore),
	readline.CharDelete:    withoutCluster(clusterBehind),
	deleteMark:             deleteBehind,
}

// changes reports whether an edit changes anything. Where it does not the key means
// what the library makes of it: another entry, or the end of the whole.
func (t *Terminal) changes(edit edit) bool {
	line, pos := t.screen.entry()
	changed, moved := edit(line, pos)
	return moved != pos || len(changed) != len(line)
}

func up(line []rune, pos int) ([]rune, int) {
	_, start := lineStart(line, pos)
	if start == 0 {
		return line, pos
	}
	_, above := lineStart(line, start-1)
	return line, min(above+pos-start, start-1)
}

func down(line []rune, pos int) ([]rune, int) {
	_, start := lineStart(line, pos)
	_, end := lineEnd(line, pos)
	if end == len(line) {
		return line, pos
	}
	_, below := lineEnd(line, end+1)
	return line, min(end+1+pos-start, below)
}

func lineStart(line []rune, pos int) ([]rune, int) {
	for pos > 0 && line[pos-1] != lineEndMark {
		pos--
	}
	return line, pos
}

func lineEnd(line []rune, pos int) ([]rune, int) {
	for pos < len(line) && line[pos] != lineEndMark {
		pos++
	}
	return line, pos
}
