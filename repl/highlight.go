package repl

import "strings"

// A Highlighter colours Lua for a terminal.
type Highlighter struct {
	// Declared reports whether a global name is the product's own: a module or a
	// verb. Nil: none is.
	Declared func(name string) bool
}

// The ANSI attributes of the kinds of tokens.
var attributes = map[tokenKind]string{keywordToken: "35", numberToken: "33", textToken: "32", commentToken: "2"}

const declaredAttribute = "36"

// Highlight is the source with colours. Without them it is the same text.
func (h Highlighter) Highlight(source string) string {
	var b strings.Builder
	member := false // behind a dot or colon
	for _, t := range lex(source) {
		attribute := attributes[t.kind]
		if t.kind == nameToken && !member && h.Declared != nil && h.Declared(t.text) {
			attribute = declaredAttribute
		}
		member = t.is(".") || t.is(":")
		if attribute == "" {
			b.WriteString(t.text)
			continue
		}
		// Each line on its own: what prints between lines keeps its colours.
		for i, line := range strings.Split(t.text, "\n") {
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
