package site

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/html"
	"github.com/gomarkdown/markdown/parser"
)

// markdownExtensions are those of GitHub that the guides use.
const markdownExtensions = parser.Tables | parser.FencedCode | parser.SpaceHeadings | parser.NoIntraEmphasis |
	parser.NoEmptyLineBeforeBlock | parser.AutoHeadingIDs

func parseMarkdown(source []byte) ast.Node {
	root := parser.NewWithExtensions(markdownExtensions).Parse(source)
	walk(root, func(n ast.Node) {
		if cell, ok := n.(*ast.TableCell); ok {
			walk(cell, unescapeBars)
		}
	})
	return root
}

// unescapeBars takes the \ from \| in code of a table, as GitHub does.
func unescapeBars(n ast.Node) {
	if code, ok := n.(*ast.Code); ok {
		code.Literal = bytes.ReplaceAll(code.Literal, []byte(`\|`), []byte("|"))
	}
}

// walk visits a node and all below it, each once and before its children.
func walk(root ast.Node, visit func(ast.Node)) {
	ast.WalkFunc(root, func(n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			visit(n)
		}
		return ast.GoToNext
	})
}

func setChildren(parent ast.Node, children ...ast.Node) {
	for _, n := range children {
		n.SetParent(parent)
	}
	parent.SetChildren(children)
}

func newLink(url string, text ast.Node) *ast.Link {
	link := &ast.Link{Destination: []byte(url)}
	setChildren(link, text)
	return link
}

// plain is the text of a node without its marks, on one line.
func plain(root ast.Node) string {
	var out strings.Builder
	walk(root, func(n ast.Node) {
		if leaf := n.AsLeaf(); leaf != nil {
			out.Write(leaf.Literal)
		}
	})
	return strings.ReplaceAll(out.String(), "\n", " ")
}

// renderMarkdown writes blocks of code with the colours of Lua, and raw HTML as the
// text that it is.
func (b *builder) renderMarkdown(root ast.Node) (template.HTML, error) {
	code, err := template.ParseFS(assets, "assets/code.html")
	if err != nil {
		return "", err
	}
	hook := func(w io.Writer, n ast.Node, _ bool) (ast.WalkStatus, bool) {
		switch n := n.(type) {
		case *ast.CodeBlock:
			if err := code.ExecuteTemplate(w, "code", b.pieces(n)); err != nil {
				panic(err) // into memory, of texts
			}
		case *ast.HTMLSpan:
			html.EscapeHTML(w, n.Literal)
		case *ast.HTMLBlock:
			html.EscapeHTML(w, n.Literal)
		default:
			return ast.GoToNext, false
		}
		return ast.GoToNext, true
	}
	renderer := html.NewRenderer(html.RendererOptions{Flags: html.UseXHTML, RenderNodeHook: hook})
	return template.HTML(markdown.Render(root, renderer)), nil
}

func (b *builder) pieces(code *ast.CodeBlock) []Piece {
	source := string(code.Literal)
	if string(code.Info) == "lua" {
		return b.Highlight(source)
	}
	return []Piece{{Text: source}}
}
