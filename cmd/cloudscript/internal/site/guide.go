package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/cloudscript/cloudscript/cmd/cloudscript/internal/markdown"
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

// guide renders a guide. Its first heading is the title, its first paragraph the
// summary.
func (b *builder) guide(g Guide) (guide, error) {
	page := guide{Title: g.Name, Page: guidePage(g.Name)}
	blocks, err := markdown.Parse(g.Markdown)
	if err != nil {
		return page, fmt.Errorf("guide %s: %w", g.Name, err)
	}
	for i := range blocks {
		switch block, text := &blocks[i], markdown.Plain(blocks[i].Text); {
		case block.Kind == markdown.Heading && block.Level == 1:
			page.Title = text
		case block.Kind == markdown.Heading:
			page.Headings = append(page.Headings, phrase{text, "#" + block.ID})
		case block.Kind == markdown.Paragraph && page.Summary == "":
			page.Summary = firstSentence(text)
		}
	}
	for text := range markdown.Texts(blocks) {
		b.relink(page.Page, text)
	}
	code, err := b.codeBlocks()
	if err != nil {
		return page, err
	}
	page.HTML = template.HTML(markdown.HTML(blocks, code))
	b.entry(page.Title, "guide", page.Summary, page.Page)
	for _, h := range page.Headings {
		b.entry(h.Text, "guide", page.Title, page.Page+h.URL)
	}
	return page, nil
}

// relink turns links between guides into links between pages, leaves only the text of
// those to other files, and links the verbs that stand there as code.
func (b *builder) relink(page string, text []*markdown.Span) {
	for _, s := range text {
		switch {
		case s.URL != "":
			b.relinkGuide(s)
			continue // no link in a link
		case s.Code && b.links.verbs[s.Text] != "":
			*s = markdown.Span{URL: b.links.verb(page, s.Text).URL, Inner: []*markdown.Span{{Code: true, Text: s.Text}}}
			continue
		}
		b.relink(page, s.Inner)
	}
}

// relinkGuide leads to the page of a guide, by the guide's title where the link names
// its file, or nowhere if the site does not have the file.
func (b *builder) relinkGuide(link *markdown.Span) {
	if strings.Contains(link.URL, "://") || strings.HasPrefix(link.URL, "#") {
		return
	}
	file, anchor, anchored := strings.Cut(link.URL, "#")
	link.URL = ""
	for _, g := range b.Guides {
		if file != g.Name+".md" {
			continue
		}
		if link.URL = guidePage(g.Name); anchored {
			link.URL += "#" + anchor
		}
		if markdown.Plain(link.Inner) == file {
			link.Inner = []*markdown.Span{{Text: g.title()}}
		}
	}
}

// title is what stands on the first line, without parsing the rest.
func (g Guide) title() string {
	line, _, _ := strings.Cut(string(g.Markdown), "\n")
	return strings.TrimPrefix(line, "# ")
}

// codeBlocks writes blocks of code, Lua with its colours.
func (b *builder) codeBlocks() (func(language, source string) string, error) {
	t, err := template.ParseFS(assets, "assets/code.html")
	if err != nil {
		return nil, err
	}
	return func(language, source string) string {
		pieces := []Piece{{Text: source}}
		if language == "lua" {
			pieces = b.Highlight(source)
		}
		var out bytes.Buffer
		if err := t.ExecuteTemplate(&out, "code", pieces); err != nil {
			panic(err) // into memory, of texts
		}
		return out.String()
	}, nil
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
