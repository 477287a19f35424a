package vm

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/vm/compile"
)

// CompileOptions shape Compile; the zero value is the default.
type CompileOptions struct {
	// Session compiles a line of a prompt: what its top level declares as local
	// is kept in the chunk's environment, so that the next line sees it.
	Session bool

	// MaxSource is the longest source in bytes. The default is 1 MiB.
	MaxSource int
}

// A Proto is a compiled chunk. It is immutable and may be loaded into any
// number of states at the same time.
type Proto struct {
	name string
	src  string
	hash [sha256.Size]byte
	fn   *lua.FunctionProto
}

// Name is the chunk's name as it stands in error positions.
func (p *Proto) Name() string { return p.name }

// Source is the text that was compiled.
func (p *Proto) Source() string { return p.src }

// Hash is the SHA-256 of the source.
func (p *Proto) Hash() [sha256.Size]byte { return p.hash }

// Line is a line of the source, counted from 1, without its line end; empty
// when there is no such line.
func (p *Proto) Line(n int) string {
	rest := p.src
	for ; n > 1; n-- {
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return ""
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// Compile compiles a chunk of Lua source, which may start with a `#!` line. The
// error is a *SyntaxError.
func Compile(name string, src []byte, opts CompileOptions) (*Proto, error) {
	return compileChunk(name, string(src), opts, nil)
}

func compileChunk(name, src string, opts CompileOptions, poll func() error) (*Proto, error) {
	if limit := opts.maxSource(); len(src) > limit {
		return nil, &SyntaxError{Chunk: name, Line: 1, Column: 1, Message: fmt.Sprintf(
			"the source has %d bytes, more than the limit of %d; read large data from a file with json.decode instead", len(src), limit)}
	}
	if strings.HasPrefix(src, "\x1b") {
		return nil, &SyntaxError{Chunk: name, Line: 1, Column: 1, Message: "this is compiled Lua, but only source text can be run"}
	}
	if err := setUp(); err != nil {
		return nil, err
	}
	fn, err := compile.Chunk(name, src, compile.Options{
		Session: opts.Session, Poll: poll,
		Concat: concatFunction, Modulo: moduloFunction, Record: recordFunction,
	})
	if err != nil {
		return nil, syntaxError(name, err)
	}
	return &Proto{name: name, src: src, hash: sha256.Sum256([]byte(src)), fn: fn}, nil
}

func syntaxError(name string, err error) *SyntaxError {
	e := &SyntaxError{Chunk: name, Line: 1, Column: 1, Message: err.Error()}
	var ce *compile.Error
	if errors.As(err, &ce) {
		e.Line, e.Column, e.Message, e.Near, e.Incomplete = ce.Line, ce.Column, ce.Message, ce.Near, ce.Incomplete
	}
	return e
}

// CompileLine compiles what was typed at a prompt: as an expression whose values
// the chunk returns, or else as statements. An error whose Incomplete is set
// asks for another line.
func CompileLine(name, line string) (*Proto, error) {
	session := CompileOptions{Session: true}
	const echo = "return "
	p, err := Compile(name, []byte(echo+line), session)
	if err == nil {
		p.src = line
		return p, nil
	}
	p, statementErr := Compile(name, []byte(line), session)
	if statementErr == nil {
		return p, nil
	}
	var e *SyntaxError
	if errors.As(err, &e) && e.Incomplete {
		if e.Line == 1 {
			e.Column -= len(echo)
		}
		return nil, e
	}
	return nil, statementErr
}

func (o CompileOptions) maxSource() int {
	if o.MaxSource == 0 {
		return 1 << 20
	}
	return o.MaxSource
}
