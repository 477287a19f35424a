package header

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// Mistakes are all that is wrong with a header, in the order of its lines; at least
// one. Each is of kind Syntax, and its position is what is wrong.
type Mistakes []*runtime.Error

func (m Mistakes) Error() string {
	var texts []string
	for _, e := range m {
		texts = append(texts, e.Error())
	}
	return strings.Join(texts, "\n")
}

// Unwrap lets errors.As find the first one.
func (m Mistakes) Unwrap() []error {
	var errs []error
	for _, e := range m {
		errs = append(errs, e)
	}
	return errs
}

// Mistake is the error of a parameter with whose name the caller, but not Parse, finds
// something wrong. src is what Parse read.
func (p *Param) Mistake(file string, src []byte, message, hint string) *runtime.Error {
	e := &runtime.Error{Kind: runtime.Syntax, Message: message, Hint: hint,
		Position: runtime.Position{File: file, Line: p.Line, Column: p.Column}}
	for _, l := range block(string(src)) {
		if l.number == p.Line {
			e.Source = l.source
		}
	}
	return e
}

// A mistake is what is wrong in a line of the header.
type mistake struct {
	message, hint string
	from          string // the line's text from what is wrong to its end
}

// mistake makes the error about a line.
func (l line) mistake(file string, m mistake) *runtime.Error {
	return &runtime.Error{Kind: runtime.Syntax, Message: m.message, Hint: m.hint, Source: l.source,
		Position: runtime.Position{File: file, Line: l.number, Column: l.column(m.from)}}
}

// column is where the end of the line's text begins.
func (l line) column(end string) int {
	return strings.Index(l.source, l.text) + len(l.text) - len(end) + 1
}
