package repl

import "strings"

// A line of the library's editor has no line ends, and a tab in it would ask for
// completion. An entry of several lines is edited as one line in which these
// characters, which Unicode leaves to programs, stand for them.
const (
	lineEndMark = '\uE00A'
	tabMark     = '\uE009'

	// These stand among the keys for a pasted text and for the key Delete, and are in
	// no entry.
	pasteMark  = '\uE00B'
	deleteMark = '\uE00C'
)

var (
	mark   = strings.NewReplacer("\n", string(lineEndMark), "\t", string(tabMark))
	unmark = strings.NewReplacer(string(lineEndMark), "\n", string(tabMark), "\t")
)

// marked is an entry as one line of the editor, unmarked the entry again.
func marked(entry string) string  { return mark.Replace(entry) }
func unmarked(line string) string { return unmark.Replace(line) }
