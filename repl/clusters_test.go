package repl

import (
	"strings"
	"testing"
)

func TestKeysTakeWholeCharacters(t *testing.T) {
	const family, accented = "👩‍👩‍👧", "e\u0301"
	// | is where the cursor is.
	for _, c := range []struct {
		name, before, after string
		edit                edit
	}{
		{"left over a family", "a" + family + "|b", "a|" + family + "b", edits[0x2]},
		{"left over a letter is the library's", family + "a|b", family + "a|b", edits[0x2]},
		{"left at the start", "|a", "|a", edits[0x2]},
		{"right over an accent", "a|" + accented + "b", "a" + accented + "|b", edits[0x6]},
		{"right at the end", accented + "|", accented + "|", edits[0x6]},
		{"Backspace", "a" + accented + "|" + accented, "a|" + accented, edits[0x7f]},
		{"Backspace at the start", "|" + accented, "|" + accented, edits[0x7f]},
		{"Ctrl-D", "a|" + family + "b", "a|b", edits[0x4]},
		{"Ctrl-D before a letter is the library's", "a|b", "a|b", edits[0x4]},
		{"Delete", "a|bc", "a|c", edits[deleteMark]},
		{"Delete before a family", "|" + family + "c", "|c", edits[deleteMark]},
		{"Delete at the end of a line joins", "a|\nb", "a|b", edits[deleteMark]},
		{"Delete at the end", "ab|", "ab|", edits[deleteMark]},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after, _ := strings.Cut(c.before, "|")
			line, pos := c.edit([]rune(marked(before+after)), len([]rune(before)))
			if got := unmarked(string(line[:pos]) + "|" + string(line[pos:])); got != c.after {
				t.Errorf("got %q, want %q", got, c.after)
			}
		})
	}
}
