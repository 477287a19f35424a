package site

import (
	"html/template"
	"strings"

	"github.com/gomarkdown/markdown/ast"

	"github.com/cloudscript/cloudscript/internal/english"
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
	HTML                 template.HTML // made from the program's own guides, raw HTML as text
}

func guidePage(name string) string { return "guide-" + name + ".html" }

// guide renders a guide. Its first heading is the title, its first paragraph the
// summary.
func (b *builder) guide(g Guide) (guide, error) {
	page := guide{Title: g.Name, Page: guidePage(g.Name)}
	root := parseMarkdown(g.Markdown)
	walk(root, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				page.Title = plain(n)
				return
			}
			page.Headings = append(page.Headings, phrase{plain(n), "#" + n.HeadingID})
		case *ast.Paragraph:
			if page.Summary == "" {
				page.Summary = english.FirstSentence(plain(n))
			}
		}
	})
	b.relink(page.Page, root)
	var err error
	if page.HTML, err = b.renderMarkdown(root); err != nil {
		return page, err
	}
	b.entry(page.Title, "guide", page.Summary, page.Page)
	for _, h := range page.Headings {
		b.entry(h.Text, "guide", page.Title, page.Page+h.URL)
	}
	return page, nil
}

// relink turns links between guides into links between pages, leaves only the text of
// those to other files, and links the verbs that stand there as code.
func (b *builder) relink(page string, parent ast.Node) {
	var children []ast.Node
	for _, child := range parent.GetChildren() {
		switch n := child.(type) {
		case *ast.Link: // no link in a link
			if !b.relinkGuide(n) {
				children = append(children, n.Children...)
				continue
			}
		case *ast.Code:
			if verb := string(n.Literal); b.links.verbs[verb] != "" {
				child = newLink(b.links.verb(page, verb).URL, n)
			}
		default:
			b.relink(page, n)
		}
		children = append(children, child)
	}
	setChildren(parent, children...)
}

// relinkGuide leads to the page of a guide, by the guide's title where the link names
// its file. It reports false for a file that the site does not have.
func (b *builder) relinkGuide(link *ast.Link) bool {
	target := string(link.Destination)
	if strings.Contains(target, "://") || strings.HasPrefix(target, "#") {
		return true
	}
	file, anchor, anchored := strings.Cut(target, "#")
	for _, g := range b.Guides {
		if file != g.Name+".md" {
			continue
		}
		link.Destination = []byte(guidePage(g.Name))
		if anchored {
			link.Destination = append(link.Destination, "#"+anchor...)
		}
		if plain(link) == file {
			setChildren(link, &ast.Text{Leaf: ast.Leaf{Literal: []byte(g.title())}})
		}
		return true
	}
	return false
}

// title is what stands on the first line, without parsing the rest.
func (g Guide) title() string {
	line, _, _ := strings.Cut(string(g.Markdown), "\n")
	return strings.TrimPrefix(line, "# ")
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
