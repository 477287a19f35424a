package runtime

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	lua "github.com/yuin/gopher-lua"
)

// A Program is a compiled script. It is immutable and safe to share between
// goroutines and runtimes.
type Program struct {
	name   string
	source []byte
	hash   [sha256.Size]byte
	proto  *lua.FunctionProto
}

// Compile parses and compiles Lua source. The name is what positions in errors
// show, usually the file's. The error is an *Error of kind Syntax.
func Compile(name string, source []byte) (*Program, error) {
	source = bytes.Clone(source)
	proto, err := compile(name, source)
	if err != nil {
		return nil, err
	}
	return &Program{name: name, source: source, hash: sha256.Sum256(source), proto: proto}, nil
}

// Name is the name given to Compile.
func (p *Program) Name() string { return p.name }

// Hash is the SHA-256 of the source in hexadecimal. It identifies the program.
func (p *Program) Hash() string { return hex.EncodeToString(p.hash[:]) }
