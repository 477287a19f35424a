package runtime

import (
	"encoding/hex"
	"errors"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// A Program is a compiled script. It is immutable and safe to share between
// goroutines and runtimes.
type Program struct {
	proto *vm.Proto
}

// Compile parses and compiles Lua source. The name is what positions in errors
// show, usually the file's. The error is an *Error of kind Syntax.
func Compile(name string, source []byte) (*Program, error) {
	proto, err := vm.Compile(name, source, vm.CompileOptions{})
	if err != nil {
		return nil, syntaxError(name, string(source), err)
	}
	return &Program{proto: proto}, nil
}

// Name is the name given to Compile.
func (p *Program) Name() string { return p.proto.Name() }

// Source is the text given to Compile.
func (p *Program) Source() string { return p.proto.Source() }

// Hash is the SHA-256 of the source in hexadecimal. It identifies the program.
func (p *Program) Hash() string {
	sum := p.proto.Hash()
	return hex.EncodeToString(sum[:])
}

func syntaxError(name, source string, err error) *Error {
	e := &Error{Kind: Syntax, Message: err.Error(), Position: Position{File: name}, Cause: err}
	var s *vm.SyntaxError
	if errors.As(err, &s) {
		e.Message = strings.TrimPrefix(s.Error(), Position{File: s.Chunk, Line: s.Line}.String()+": ")
		e.Position.Line, e.Position.Column = s.Line, s.Column
		if s.Incomplete {
			e.Position.Line, e.Position.Column = endOf(source)
		}
		e.Source = lineOf(source, e.Position.Line)
	}
	return e
}

// Incomplete reports whether a Syntax error means that the source ended too
// early, so that more lines could complete it.
func Incomplete(err error) bool {
	var s *vm.SyntaxError
	return errors.As(err, &s) && s.Incomplete
}

// endOf is the place behind a text's last character that is no blank: where a text
// that ends too early should go on, and a line that can be shown.
func endOf(text string) (line, column int) {
	text = strings.TrimRight(text, " \t\r\n")
	return strings.Count(text, "\n") + 1, len(text) - strings.LastIndexByte(text, '\n')
}

// lineOf is a line of a text, counted from 1, without its line end.
func lineOf(text string, line int) string {
	for ; line > 1; line-- {
		_, rest, found := strings.Cut(text, "\n")
		if !found {
			return ""
		}
		text = rest
	}
	text, _, _ = strings.Cut(text, "\n")
	return strings.TrimSuffix(text, "\r")
}
