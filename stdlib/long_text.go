package stdlib

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/textsearch"
	"github.com/cloudscript/cloudscript/runtime"
)

// What the functions here do takes long for texts of a hundred megabytes, so they tell work
// of each piece that they have gone through.

// textPiece is how many bytes a piece has at the most.
const textPiece = 64 << 10

// working returns a work that counts steps and looks whether the run goes on, now and then
// where pieces are short.
func working(c *runtime.Call) (work func(bytes int)) {
	const (
		step = 4 << 10
		each = 16 // for going to a piece, whatever its length
	)
	done := 0
	return func(bytes int) {
		if done += bytes + each; done >= step {
			c.Work(done)
			done = 0
		}
	}
}

// cut is strings.Cut.
func cut(work func(int), text, separator string) (before, after string, found bool) {
	if i := textsearch.Index(text, separator, work); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}

// cuts are the pieces of text between separators; if limit is above zero there are at
// most so many, and the last one holds the rest.
func cuts(work func(int), text, separator string, limit int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := 1; n != limit; n++ {
			piece, rest, found := cut(work, text, separator)
			if !found {
				break
			}
			if !yield(piece) {
				return
			}
			text = rest
		}
		yield(text)
	}
}

// indexFunc is strings.IndexFunc.
func indexFunc(work func(int), text string, is func(rune) bool) int {
	for at := 0; at < len(text); {
		end := min(at+textPiece, len(text))
		for end < len(text) && end > at+textPiece-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		if i := strings.IndexFunc(text[at:end], is); i >= 0 {
			work(i)
			return at + i
		}
		work(end - at)
		at = end
	}
	return -1
}

// trim is strings.TrimFunc.
func trim(work func(int), text string, blank func(rune) bool) string {
	kept := func(r rune) bool { return !blank(r) }
	start := indexFunc(work, text, kept)
	if start < 0 {
		return ""
	}
	text = text[start:]
	for {
		from := max(0, len(text)-textPiece)
		for from > 0 && from > len(text)-textPiece-utf8.UTFMax && !utf8.RuneStart(text[from]) {
			from--
		}
		rest := strings.TrimRightFunc(text[from:], blank)
		work(len(text) - from - len(rest))
		if text = text[:from+len(rest)]; rest != "" {
			return text
		}
	}
}

// copyText writes a text for which room is there.
func copyText(work func(int), out *strings.Builder, text string) {
	for len(text) > textPiece {
		out.WriteString(text[:textPiece])
		work(textPiece)
		text = text[textPiece:]
	}
	out.WriteString(text)
}
