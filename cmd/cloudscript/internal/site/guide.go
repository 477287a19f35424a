package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// A Guide is a page of prose.
type Guide struct {
	Name     string // of its file without .md: other guides link to it
	Markdown []byte
}

// A guide is a Guide as its page shows it.
type guide struct {
	Title, Page, Summary string
	Headings             []phrase
	HTML                 template.HTML // made from the program's own guides, raw HTML left out
}

func guidePage(name string) string { return "guide-" + name + ".html" }

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(html.WithXHTML()),
)

// guide renders a guide. Its first heading is the title, its first paragraph the
// summary.
func (b *builder) guide(g Guide) (guide, error) {
	page := guide{Title: g.Name, Page: guidePage(g.Name)}
	root := markdown.Parser().Parse(text.NewReader(g.Markdown))
	var loose []ast.Node
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			b.heading(&page, n, plain(n, g.Markdown))
		case *ast.Paragraph:
			if page.Summary == "" {
				page.Summary = firstSentence(plain(n, g.Markdown))
			}
		case *ast.Link:
			if !b.relink(n) {
				loose = append(loose, n)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return page, err
	}
	for _, n := range loose {
		unlink(n)
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, g.Markdown, root); err != nil {
		return page, fmt.Errorf("guide %s: %w", g.Name, err)
	}
	page.HTML = template.HTML(out.String())
	b.entry(page.Title, "guide", page.Summary, page.Page)
	for _, h := range page.Headings {
		b.entry(h.Text, "guide", page.Title, page.Page+h.URL)
	}
	return page, nil
}

func (b *builder) heading(page *guide, n *ast.Heading, title string) {
	if n.Level == 1 {
		page.Title = title
		return
	}
	if id, ok := n.AttributeString("id"); ok {
		page.Headings = append(page.Headings, phrase{title, "#" + string(id.([]byte))})
	}
}

// relink turns a link between guides into one between pages. It reports false for
// a file that the site does not have.
func (b *builder) relink(n *ast.Link) bool {
	target := string(n.Destination)
	if strings.Contains(target, "://") {
		return true
	}
	file, anchor, anchored := strings.Cut(target, "#")
	for _, g := range b.Guides {
		if file == g.Name+".md" {
			n.Destination = []byte(guidePage(g.Name))
			if anchored {
				n.Destination = append(n.Destination, "#"+anchor...)
			}
			return true
		}
	}
	return file == ""
}

// unlink leaves the text of a link.
func unlink(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

// explained is where a guide explains a word: below a heading that is the word.
func (b *builder) explained(word string) string {
	for _, g := range b.guides {
		for _, h := range g.Headings {
			if h.Text == word {
				return g.Page + h.URL
			}
		}
	}
	return ""
}

// plain is the text of a node.
func plain(n ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			out.Write(t.Value(source))
			if t.SoftLineBreak() {
				out.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
