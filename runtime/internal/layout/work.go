package layout

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// What is looked at between two reports of work.
const (
	pieceBytes = 4 << 10
	entryBytes = 64 // that an entry of a table counts for
)

// work reports that so many bytes are about to be read or written.
func (f formatter) work(bytes int) {
	if f.Work != nil {
		f.Work(bytes)
	}
}

// pieces cuts a long text, where that can be between two ASCII characters: what is
// drawn as one character stays in one piece.
func (f formatter) pieces(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(s) > pieceBytes {
			end := pieceBytes
			for end < min(len(s), 2*pieceBytes) && (s[end-1] >= utf8.RuneSelf || s[end] >= utf8.RuneSelf) {
				end++
			}
			for end < len(s) && !utf8.RuneStart(s[end]) {
				end++
			}
			f.work(end)
			if !yield(s[:end]) {
				return
			}
			s = s[end:]
		}
		yield(s)
	}
}

// inPieces is what do makes of a text, piece by piece if it is long.
func (f formatter) inPieces(s string, do func(string) string) string {
	if len(s) <= pieceBytes {
		return do(s)
	}
	var b strings.Builder
	for piece := range f.pieces(s) {
		b.WriteString(do(piece))
	}
	return b.String()
}

func (f formatter) escape(s string) string { return f.inPieces(s, escape) }

func (f formatter) quoted(s string) string { return `"` + f.inPieces(s, quotedInside) + `"` }

func (f formatter) width(s string) int {
	columns := 0
	for piece := range f.pieces(s) {
		columns += width(piece)
	}
	return columns
}

// truncate also tells how wide the text is that it returns.
func (f formatter) truncate(s string, columns int) (text string, wide int) {
	if wide = f.width(s); columns <= 0 || wide <= columns {
		return s, wide
	}
	text = cut(s, columns)
	return text, width(text)
}
