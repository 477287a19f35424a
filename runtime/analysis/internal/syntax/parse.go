package syntax

import "github.com/cloudscript/cloudscript/runtime/internal/lualex"

// An Error is a place where the source is no Lua.
type Error = lualex.Error

// maxLevels bounds how deep syntax may nest; the compiler, which counts less, stops
// at 200.
const maxLevels = 1000

type parser struct {
	*lualex.Lexer
	src    string
	levels int
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
	p := &parser{Lexer: lualex.New(src), src: src}
	p.Next()
	body = p.block()
	if p.Tok.Kind != lualex.EOF {
		p.unexpected()
	}
	return body, nil
}

func (p *parser) unexpected() { p.Fail(p.Tok, "unexpected %q", p.Text(p.Tok)) }

// advance returns the current token and goes on to the following one.
func (p *parser) advance() lualex.Token {
	t := p.Tok
	p.Next()
	return t
}

// place is where a token stands.
func place(t lualex.Token) Pos { return Pos{t.Line, t.Column} }

// word is the text of a token if it is a keyword or symbol.
func (p *parser) word(t lualex.Token) string {
	if !t.Kind.IsWord() {
		return ""
	}
	return p.src[t.Start:t.End]
}

// is reports whether the current token is this keyword or symbol.
func (p *parser) is(word string) bool { return p.word(p.Tok) == word }

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
		p.unexpected()
	}
}

func (p *parser) name() *Name {
	if p.Tok.Kind != lualex.Name {
		p.unexpected()
	}
	t := p.advance()
	return &Name{place(t), t.Str}
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
		p.Fail(p.Tok, "nested too deeply")
	}
	return func() { p.levels-- }
}
