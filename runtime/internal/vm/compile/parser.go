package compile

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// Options shape Chunk.
type Options struct {
	// Session makes the locals of the main chunk's top level globals.
	Session bool

	// Concat is called for `..` with all operands of a row of `..`, and returns
	// one value.
	Concat *lua.LFunction

	// Modulo is called for `%` with both operands, and returns one value.
	Modulo *lua.LFunction

	// Record is called for the constructor in f{id = 7, type = "HARD"}: with the
	// names, a []string in a userdata, with f and with the values. It returns what
	// f is called with.
	Record *lua.LFunction

	// Poll, if set, is called now and then; an error ends the compilation.
	Poll func() error
}

// An Error says why a source text cannot be compiled.
type Error = lualex.Error

// maxLevels bounds how deep syntax may nest.
const maxLevels = 200

type parser struct {
	lualex.Lexer
	opts     Options
	name     string
	fn       *function
	scope    map[string][]*variable // the variables in scope, innermost last
	declared []*variable
	labels   []label // of the blocks being compiled
	gotos    []label // that found no label yet
	levels   int
}

// Chunk compiles source text. The error is an *Error.
func Chunk(name, src string, opts Options) (proto *lua.FunctionProto, err error) {
	p := &parser{Lexer: *lualex.New(src), opts: opts, name: name, scope: map[string][]*variable{}}
	p.Poll = opts.Poll
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			proto, err = nil, e
		}
	}()
	f := p.openFunction(0)
	f.varargs = lua.VarArgIsVarArg
	f.enter(false)
	p.Next()
	p.statements()
	if p.Tok.Kind != lualex.EOF {
		p.Fail(p.Tok, "no block is open here")
	}
	f.leave()
	return p.closeFunction(), nil
}

// describe names the function for a message about a limit.
func (f *function) describe() string {
	if f.line == 0 {
		return "the main chunk"
	}
	return fmt.Sprintf("the function at line %d", f.line)
}

func (p *parser) deeper() {
	if p.levels++; p.levels > maxLevels {
		p.Fail(p.Tok, "nested too deeply: more than %d levels", maxLevels)
	}
}

func (p *parser) test(k lualex.Kind) bool {
	if p.Tok.Kind == k {
		p.Next()
		return true
	}
	return false
}

func (p *parser) expect(k lualex.Kind) {
	if p.Tok.Kind != k {
		p.unexpected(k.String() + " expected")
	}
}

func (p *parser) take(k lualex.Kind) {
	p.expect(k)
	p.Next()
}

// match takes the token that closes what open opened at line.
func (p *parser) match(k, open lualex.Kind, line int) {
	if p.test(k) {
		return
	}
	if line == p.Tok.Line {
		p.unexpected(k.String() + " expected")
	}
	p.unexpected(fmt.Sprintf("%s expected to close %s of line %d", k, open, line))
}

// unexpected fails at the current token.
func (p *parser) unexpected(message string) { p.Fail(p.Tok, "%s", message) }

// takeName takes an identifier.
func (p *parser) takeName() string {
	if p.Tok.Kind != lualex.Name {
		message := "a name expected"
		if p.Tok.Kind != lualex.String && lualex.IsKeyword(p.Tok.Str) {
			message = "a name expected; this word is part of the language"
		}
		p.unexpected(message)
	}
	name := p.Tok.Str
	p.Next()
	return name
}
