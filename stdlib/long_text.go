package stdlib

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/textsearch"
	"github.com/cloudscript/cloudscript/runtime"
)

// What the functions here do takes long for texts of a hundred megabytes, so they look
// between pieces whether the run goes on, and count what they read as steps.

// textPiece is how many bytes are read between two looks.
const textPiece = 64 << 10

// cut is strings.Cut.
func cut(c *runtime.Call, text, separator string) (before, after string, found bool) {
	if i := textsearch.Index(text, separator, c.Work); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}

// cuts are the pieces of text between separators; if limit is above zero there are at
// most so many, and the last one holds the rest.
func cuts(c *runtime.Call, text, separator string, limit int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := 1; n != limit; n++ {
			piece, rest, found := cut(c, text, separator)
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
func indexFunc(c *runtime.Call, text string, is func(rune) bool) int {
	for at := 0; at < len(text); {
		end := min(at+textPiece, len(text))
		for end < len(text) && end > at+textPiece-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		if i := strings.IndexFunc(text[at:end], is); i >= 0 {
			c.Work(i)
			return at + i
		}
		c.Work(end - at)
		at = end
	}
	return -1
}

// trim is strings.TrimFunc.
func trim(c *runtime.Call, text string, blank func(rune) bool) string {
	kept := func(r rune) bool { return !blank(r) }
	start := indexFunc(c, text, kept)
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
		c.Work(len(text) - from - len(rest))
		if text = text[:from+len(rest)]; rest != "" {
			return text
		}
	}
}

// copyText writes a text for which room is there.
func copyText(c *runtime.Call, out *strings.Builder, text string) {
	for len(text) > textPiece {
		out.WriteString(text[:textPiece])
		c.Work(textPiece)
		text = text[textPiece:]
	}
	out.WriteString(text)
}

// clipped is what messages repeat of a script's text.
func clipped(text string) string {
	const most = 100
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
