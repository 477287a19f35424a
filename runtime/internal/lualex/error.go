package lualex

import (
	"fmt"
	"strings"
)

// An Error says why a source text is no Lua.
type Error struct {
	Line, Column int    // of the token, from 1
	Message      string // what was expected or is wrong
	Near         string // the token; empty at the end of the source
	Incomplete   bool   // the source ended too early
	Cause        error  // what Poll returned
}

func (e *Error) Error() string {
	message := e.Message
	if e.Near != "" {
		message = Placed(message, "near '"+e.Near+"'")
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, message)
}

// Placed is a message that ends with the place that it is about, as C Lua's do. Advice,
// which follows a semicolon, is put in brackets, as the place does not belong to it.
func Placed(message, place string) string {
	if what, advice, found := strings.Cut(message, "; "); found {
		message = what + " (" + advice + ")"
	}
	return message + " " + place
}

// Fail panics with an *Error at t, which the parser recovers.
func (l *Lexer) Fail(t Token, format string, args ...any) {
	panic(&Error{
		Line:       t.Line,
		Column:     t.Column,
		Message:    fmt.Sprintf(format, args...),
		Near:       l.Text(t),
		Incomplete: t.Kind == EOF,
	})
}

// maxNear is how much of a token a message shows.
const maxNear = 40

// Text is a token as it stands in the source, shortened.
func (l *Lexer) Text(t Token) string {
	s := l.src[t.Start:t.End]
	if len(s) > maxNear {
		s = s[:maxNear] + "..."
	}
	return s
}
