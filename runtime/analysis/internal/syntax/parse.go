package syntax

import "fmt"

// An Error is a place where the source is no Lua.
type Error struct {
	Pos
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// maxLevels bounds how deep syntax may nest; the compiler, which counts less, stops
// at 200.
const maxLevels = 1000

type parser struct {
	*lexer
	tok, ahead token
	levels     int
}

// Parse reads a whole source text. The error is an *Error.
func Parse(src string) (body []Stmt, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			body, err = nil, e
		}
	}()
	p := &parser{lexer: newLexer(src)}
	p.tok, p.ahead = p.lexer.next(), p.lexer.next()
	body = p.block()
	if p.tok.kind != eof {
		p.fail()
	}
	return body, nil
}

func (p *parser) fail() { panic(&Error{p.tok.Pos, fmt.Sprintf("unexpected %q", p.tok.str)}) }

// advance returns the current token and goes on to the following one.
func (p *parser) advance() token {
	t := p.tok
	p.tok = p.ahead
	if p.tok.kind != eof {
		p.ahead = p.lexer.next()
	}
	return t
}

// is reports whether the current token is this keyword or symbol.
func (p *parser) is(word string) bool {
	return (p.tok.kind == keyword || p.tok.kind == symbol) && p.tok.str == word
}

// accept takes a keyword or symbol if it is the current token.
func (p *parser) accept(word string) bool {
	if !p.is(word) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) take(word string) {
	if !p.accept(word) {
		p.fail()
	}
}

func (p *parser) name() *Name {
	if p.tok.kind != name {
		p.fail()
	}
	t := p.advance()
	return &Name{t.Pos, t.str}
}

func (p *parser) names() []*Name {
	list := []*Name{p.name()}
	for p.accept(",") {
		list = append(list, p.name())
	}
	return list
}

// deeper counts nesting; the result takes the level back.
func (p *parser) deeper() func() {
	if p.levels++; p.levels > maxLevels {
		panic(&Error{p.tok.Pos, "nested too deeply"})
	}
	return func() { p.levels-- }
}
