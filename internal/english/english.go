// Package english has the rules of the language that texts made of parts need.
package english

import (
	"fmt"
	"strings"
)

// Count is a number with its noun: "1 call", "2 calls", "0 entries".
func Count[N int | int64](n N, noun string) string { return fmt.Sprintf("%d %s", n, Plural(n, noun)) }

// Plural is the form of a regular noun for so many things.
func Plural[N int | int64](n N, noun string) string {
	stem, hasY := strings.CutSuffix(noun, "y")
	switch {
	case n == 1:
		return noun
	case hasY && !strings.HasSuffix(stem, "a") && !strings.HasSuffix(stem, "e"):
		return stem + "ies"
	}
	return noun + "s"
}

// FirstSentence is what a text says first, on one line.
func FirstSentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// Clipped is what a message repeats of a name or text, which may have millions of bytes: a
// hundred of them, and dots for the others.
func Clipped(text string) string {
	const most = 100
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
