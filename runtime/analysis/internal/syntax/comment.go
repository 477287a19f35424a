package syntax

import "strings"

// A Comment is one that ends with its line, from its dashes on.
type Comment struct {
	Pos
	Text string
}

// Comments are the short comments of a source text that Parse takes, in order.
func Comments(src string) []Comment {
	l := newLexer(src)
	l.keep = true
	for l.next().kind != eof {
	}
	return l.comments
}

// comment notes the short comment that ends where the lexer is.
func (l *lexer) comment(at Pos) {
	if l.keep {
		l.comments = append(l.comments, Comment{at, strings.TrimSpace(l.src[l.lineStart+at.Column-1 : l.pos])})
	}
}
