package compile

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
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

// maxLevels bounds how deep syntax may nest.
const maxLevels = 200

type parser struct {
	lexer
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
	p := &parser{lexer: *newLexer(src, opts.Poll), opts: opts, name: name, scope: map[string][]*variable{}}
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
	p.next()
	p.statements()
	if p.tok.kind != tEOF {
		p.fail(p.tok, "no block is open here")
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
		p.fail(p.tok, "nested too deeply: more than %d levels", maxLevels)
	}
}

func (p *parser) test(k kind) bool {
	if p.tok.kind == k {
		p.next()
		return true
	}
	return false
}

func (p *parser) expect(k kind) {
	if p.tok.kind != k {
		p.unexpected(k.String() + " expected")
	}
}

func (p *parser) take(k kind) {
	p.expect(k)
	p.next()
}

// match takes the token that closes what open opened at line.
func (p *parser) match(k, open kind, line int) {
	if p.test(k) {
		return
	}
	if line == p.tok.line {
		p.unexpected(k.String() + " expected")
	}
	p.unexpected(fmt.Sprintf("%s expected to close %s of line %d", k, open, line))
}

// unexpected fails at the current token.
func (p *parser) unexpected(message string) { p.fail(p.tok, "%s", message) }

// takeName takes an identifier.
func (p *parser) takeName() string {
	if p.tok.kind != tName {
		message := "a name expected"
		if _, ok := keywords[p.tok.str]; ok && p.tok.kind != tString {
			message = "a name expected; this word is part of the language"
		}
		p.unexpected(message)
	}
	name := p.tok.str
	p.next()
	return name
}
