package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/columns"
)

// apart tells two texts apart that are too long for a line: the place where they
// differ first, such as "line 3, character 120", and what stands there in each, in
// quotes.
func apart(got, want string) (place, gotPart, wantPart string) {
	line, start := 1, 0 // of the line that both are in
	same := 0           // bytes at the beginning that are the same
	for same < len(got) && same < len(want) {
		r, n := utf8.DecodeRuneInString(got[same:])
		if s, m := utf8.DecodeRuneInString(want[same:]); r != s || n != m || got[same:same+n] != want[same:same+m] {
			break
		}
		if same += n; r == '\n' {
			line, start = line+1, same
		}
	}
	column := utf8.RuneCountInString(got[start:same]) + 1
	place = fmt.Sprintf("character %d", column)
	if strings.Contains(got+want, "\n") {
		place = fmt.Sprintf("line %d, %s", line, place)
	}
	return place, around(got, start, same), around(want, start, same)
}

// leading is how many bytes of what is the same are shown before what differs.
const leading = 20

// around is the text's line from a little before at, as far as a line of a message
// goes.
func around(text string, start, at int) string {
	from, before := start, ""
	if at-start > leading {
		from, before = at-leading, "…"
		for from > start && !utf8.RuneStart(text[from]) {
			from--
		}
	}
	if at == len(text) {
		return fmt.Sprintf("%q (the end)", before+text[from:])
	}
	rest := text[from:]
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		rest = text[from : at+i+1]
	}
	return columns.Fit(fmt.Sprintf("%q", before+rest), briefWidth)
}
