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
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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

// markdown reads guides, and writes them with the colours of Lua.
func (b *builder) markdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithXHTML(), renderer.WithNodeRenderers(util.Prioritized(codeRenderer{b.Highlight}, 100))),
	)
}

// A codeRenderer writes blocks of code.
type codeRenderer struct{ highlight func(source string) []Piece }

func (c codeRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, c.render)
}

func (c codeRenderer) render(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.FencedCodeBlock)
	code := string(block.Lines().Value(source))
	pieces := []Piece{{Text: code}}
	if string(block.Language(source)) == "lua" {
		pieces = c.highlight(code)
	}
	return ast.WalkContinue, codeBlock.Execute(w, pieces)
}

var codeBlock = template.Must(template.ParseFS(assets, "assets/code.html")).Lookup("code")

// guide renders a guide. Its first heading is the title, its first paragraph the
// summary.
func (b *builder) guide(g Guide) (guide, error) {
	page := guide{Title: g.Name, Page: guidePage(g.Name)}
	markdown := b.markdown()
	root := markdown.Parser().Parse(text.NewReader(g.Markdown))
	var loose, verbs []ast.Node
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
		case *ast.CodeSpan:
			if b.links.verbs[plain(n, g.Markdown)] != "" && n.Parent().Kind() != ast.KindLink {
				verbs = append(verbs, n)
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
	for _, n := range verbs {
		b.linkVerb(page.Page, n, plain(n, g.Markdown))
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

// linkVerb makes the name of a verb a link to it.
func (b *builder) linkVerb(page string, n ast.Node, name string) {
	to := ast.NewLink()
	to.Destination = []byte(b.links.verb(page, name).URL)
	n.Parent().ReplaceChild(n.Parent(), n, to)
	to.AppendChild(to, n)
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
