package markdown

import (
	"fmt"
	"html"
	"strings"
)

// HTML writes a document; code writes its blocks of code.
func HTML(blocks []Block, code func(language, source string) string) string {
	w := writer{code: code}
	w.blocks(blocks, false)
	return w.String()
}

type writer struct {
	strings.Builder
	code func(language, source string) string
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(w, format, args...) }

// blocks writes paragraphs of tight lists as mere text.
func (w *writer) blocks(blocks []Block, tight bool) {
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.Kind == Paragraph && tight:
			w.text(b.Text)
		case b.Kind == Paragraph:
			w.element("p", b.Text)
			w.printf("\n")
		case b.Kind == Heading:
			w.printf(`<h%d id="%s">`, b.Level, b.ID)
			w.text(b.Text)
			w.printf("</h%d>\n", b.Level)
		case b.Kind == Code:
			w.printf("%s", w.code(b.Language, b.Source))
		case b.Kind == List:
			w.list(b)
		case b.Kind == Table:
			w.table(b)
		}
	}
}

func (w *writer) list(b *Block) {
	w.printf("<ul>\n")
	for _, item := range b.Items {
		w.printf("<li>")
		if !b.Tight || item[0].Kind != Paragraph {
			w.printf("\n")
		}
		w.blocks(item, b.Tight)
		w.printf("</li>\n")
	}
	w.printf("</ul>\n")
}

func (w *writer) table(b *Block) {
	w.printf("<table>\n<thead>\n")
	w.row("th", b.Head)
	w.printf("</thead>\n<tbody>\n")
	for _, cells := range b.Rows {
		w.row("td", cells)
	}
	w.printf("</tbody>\n</table>\n")
}

func (w *writer) row(element string, cells []Cell) {
	w.printf("<tr>\n")
	for _, cell := range cells {
		w.element(element, cell)
		w.printf("\n")
	}
	w.printf("</tr>\n")
}

func (w *writer) element(name string, inner []*Span) {
	w.printf("<%s>", name)
	w.text(inner)
	w.printf("</%s>", name)
}

func (w *writer) text(spans []*Span) {
	for _, s := range spans {
		switch {
		case s.URL != "":
			w.printf(`<a href="%s">`, html.EscapeString(s.URL))
			w.text(s.Inner)
			w.printf("</a>")
		case s.Strong:
			w.element("strong", s.Inner)
		case s.Code:
			w.printf("<code>%s</code>", html.EscapeString(s.Text))
		case s.Inner != nil: // a link without an address
			w.text(s.Inner)
		default:
			w.printf("%s", html.EscapeString(s.Text))
		}
	}
}
