package syntax

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// A Comment is one that ends with its line, from its dashes on.
type Comment struct {
	Pos
	Text string
}

// Comments are the short comments of a source text that Parse takes, in order.
func Comments(src string) []Comment {
	var list []Comment
	l := lualex.New(src)
	l.Comment = func(line, column int, text string) {
		list = append(list, Comment{Pos{line, column}, strings.TrimSpace(text)})
	}
	for l.Next(); l.Tok.Kind != lualex.EOF; l.Next() {
	}
	return list
}
