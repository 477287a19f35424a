package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/columns"
)

// lookAlike reports whether two texts differ first in how they write an accent: as
// part of a character, or as a mark behind it. They may look the same then.
func lookAlike(got, want string) bool {
	same := sameBytes(got, want)
	return marked(got[same:]) != marked(want[same:])
}

// marked reports whether a text's first or second character is a mark.
func marked(text string) bool {
	first, n := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[n:])
	return unicode.IsMark(first) || unicode.IsMark(second)
}

// sameBytes is how many bytes at the beginning of two texts are the same, in whole
// characters.
func sameBytes(a, b string) int {
	same := 0
	for same < len(a) && same < len(b) {
		r, n := utf8.DecodeRuneInString(a[same:])
		if s, m := utf8.DecodeRuneInString(b[same:]); r != s || n != m || a[same:same+n] != b[same:same+m] {
			break
		}
		same += n
	}
	return same
}

// apart tells two texts apart that are too long for a line: the place where they
// differ first, such as "line 3, character 120", and what stands there in each, in
// quotes.
func apart(got, want string) (place, gotPart, wantPart string) {
	same := sameBytes(got, want)
	line := strings.Count(got[:same], "\n") + 1          // that both are in
	start := strings.LastIndexByte(got[:same], '\n') + 1 // of that line
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
