package vm

import (
	"crypto/sha256"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"
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

// Compile compiles a chunk of Lua source. The error is a *SyntaxError.
func Compile(name string, src []byte, opts CompileOptions) (*Proto, error) {
	chunk, err := parse.Parse(strings.NewReader(string(src)), name)
	if err != nil {
		return nil, &SyntaxError{Chunk: name, Message: err.Error()}
	}
	fn, err := lua.Compile(chunk, name)
	if err != nil {
		return nil, &SyntaxError{Chunk: name, Message: err.Error()}
	}
	return &Proto{name: name, src: string(src), hash: sha256.Sum256(src), fn: fn}, nil
}

func (o CompileOptions) maxSource() int {
	if o.MaxSource == 0 {
		return 1 << 20
	}
	return o.MaxSource
}
