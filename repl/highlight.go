package repl

import "strings"

// A Highlighter colours Lua for a terminal.
type Highlighter struct {
	// Declared reports whether a global name is the product's own: a module or a
	// verb. Nil: none is.
	Declared func(name string) bool
}

// A Piece is a part of Lua source and what it is, as far as colours care:
// "keyword", "number", "text", "comment", "declared", or "" for the rest.
type Piece struct{ Text, Kind string }

var kindNames = map[tokenKind]string{keywordToken: "keyword", numberToken: "number", textToken: "text", commentToken: "comment"}

// Pieces splits a source. One after the other they are the source.
func (h Highlighter) Pieces(source string) []Piece {
	var pieces []Piece
	member := false // behind a dot or colon
	tokens := lex(source)
	own := ownNames(tokens)
	for i, t := range tokens {
		kind := kindNames[t.kind]
		if t.kind == nameToken && !member && h.Declared != nil && h.Declared(t.text) && !isKey(tokens[i+1:]) && !isOwn(own, t) {
			kind = "declared"
		}
		if t.kind != blankToken && t.kind != commentToken {
			member = t.is(".") || t.is(":")
		}
		pieces = append(pieces, Piece{t.text, kind})
	}
	return pieces
}

// The ANSI attributes of the kinds of pieces.
var attributes = map[string]string{"keyword": "35", "number": "33", "text": "32", "comment": "2", "declared": "36"}

// Highlight is the source with colours. Without them it is the same text.
func (h Highlighter) Highlight(source string) string {
	var b strings.Builder
	for _, piece := range h.Pieces(source) {
		attribute := attributes[piece.Kind]
		if attribute == "" {
			b.WriteString(piece.Text)
			continue
		}
		// Each line on its own: what prints between lines keeps its colours.
		for i, line := range strings.Split(piece.Text, "\n") {
			if i > 0 {
				b.WriteByte('\n')
			}
			if line != "" {
				b.WriteString("\x1b[" + attribute + "m" + line + "\x1b[0m")
			}
		}
	}
	return b.String()
}
