package compile

import "fmt"

// An Error says why a source text cannot be compiled.
type Error struct {
	Line, Column int    // of the token, from 1
	Message      string // what was expected or is wrong
	Near         string // the token; empty at the end of the source
	Incomplete   bool   // the source ended too early
	Cause        error  // what Options.Poll returned
}

func (e *Error) Error() string {
	if e.Near == "" {
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
	}
	return fmt.Sprintf("%d:%d: %s near '%s'", e.Line, e.Column, e.Message, e.Near)
}

// fail ends the compilation; Chunk recovers it.
func (l *lexer) fail(t token, format string, args ...any) {
	panic(&Error{
		Line:       t.line,
		Column:     t.column,
		Message:    fmt.Sprintf(format, args...),
		Near:       l.text(t),
		Incomplete: t.kind == tEOF,
	})
}

// maxNear is how much of a token a message shows.
const maxNear = 40

// text is a token as it stands in the source, shortened.
func (l *lexer) text(t token) string {
	s := l.src[t.start:t.end]
	if len(s) > maxNear {
		s = s[:maxNear] + "..."
	}
	return s
}
