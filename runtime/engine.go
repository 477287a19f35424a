package runtime

import (
	"bytes"
	"errors"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
)

// compile is the only way from source to code.
func compile(name string, source []byte) (*lua.FunctionProto, error) {
	if bytes.HasPrefix(source, []byte("#!")) {
		source = append([]byte("--"), source...)
	}
	chunk, err := parse.Parse(bytes.NewReader(source), name)
	if err == nil {
		var proto *lua.FunctionProto
		if proto, err = lua.Compile(chunk, name); err == nil {
			return proto, nil
		}
	}
	e := &Error{Kind: Syntax, Message: strings.TrimSpace(err.Error()), Position: Position{File: name}, Cause: err}
	var p *parse.Error
	if errors.As(err, &p) {
		e.Message = p.Message
		e.Position.Line, e.Position.Column = p.Pos.Line, p.Pos.Column
		if p.Pos.Line == parse.EOF {
			e.Position.Line = bytes.Count(source, []byte("\n")) + 1
			e.Position.Column = 0
		}
	}
	return nil, e
}

// Incomplete reports whether a Syntax error means that the source ended too
// early, so that more lines could complete it.
func Incomplete(err error) bool {
	var p *parse.Error
	return errors.As(err, &p) && p.Pos.Line == parse.EOF && p.Message != "unterminated string"
}
