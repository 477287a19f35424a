package syntax

import "github.com/cloudscript/cloudscript/runtime/internal/lualex"

// priorities of the binary operators, left and right.
var priorities = map[string][2]int{
	"or": {1, 1}, "and": {2, 2},
	"<": {3, 3}, ">": {3, 3}, "<=": {3, 3}, ">=": {3, 3}, "~=": {3, 3}, "==": {3, 3},
	"..": {5, 4}, "+": {6, 6}, "-": {6, 6}, "*": {7, 7}, "/": {7, 7}, "%": {7, 7}, "^": {10, 9},
}

const unaryPriority = 8

func (p *parser) expression() Expr { return p.binary(0) }

func (p *parser) expressions() []Expr {
	list := []Expr{p.expression()}
	for p.accept(",") {
		list = append(list, p.expression())
	}
	return list
}

func (p *parser) binary(limit int) Expr {
	defer p.deeper()()
	left := p.unary()
	for {
		op := p.word(p.Tok)
		priority, ok := priorities[op]
		if !ok || priority[0] <= limit {
			break
		}
		at := place(p.advance())
		left = &Binary{at, op, left, p.binary(priority[1])}
	}
	return left
}

func (p *parser) unary() Expr {
	if p.is("-") || p.is("not") || p.is("#") {
		op := p.advance()
		return &Unary{place(op), p.word(op), p.binary(unaryPriority)}
	}
	return p.simple()
}

func (p *parser) simple() Expr {
	t, at := p.Tok, place(p.Tok)
	switch {
	case t.Kind == lualex.Number:
		p.advance()
		return &Number{at, t.Num}
	case t.Kind == lualex.String:
		p.advance()
		return &String{at, t.Str}
	case p.accept("nil"), p.accept("true"), p.accept("false"):
		return &Constant{at, t.Str}
	case p.accept("..."):
		return &Vararg{at}
	case p.accept("function"):
		return p.function(at, false)
	case p.is("{"):
		return p.table()
	}
	return p.suffixed()
}

// suffixed is a name or an expression in parentheses, with the indexes and calls
// behind it.
func (p *parser) suffixed() Expr {
	var e Expr
	if at := place(p.Tok); p.accept("(") {
		e = &Paren{at, p.expression()}
		p.take(")")
	} else {
		e = p.name()
	}
	for {
		at := e.At()
		switch {
		case p.accept("."):
			key := p.name()
			e = &Index{key.Pos, e, &String{key.Pos, key.Text}}
		case p.is("["):
			p.advance()
			key := p.expression()
			p.take("]")
			e = &Index{key.At(), e, key}
		case p.accept(":"):
			method := p.name()
			e = &Call{method.Pos, e, method, p.arguments()}
		case p.is("("), p.is("{"), p.Tok.Kind == lualex.String:
			e = &Call{at, e, nil, p.arguments()}
		default:
			return e
		}
	}
}

func (p *parser) arguments() []Expr {
	t := p.Tok
	switch {
	case t.Kind == lualex.String:
		p.advance()
		return []Expr{&String{place(t), t.Str}}
	case p.is("{"):
		return []Expr{p.table()}
	}
	p.take("(")
	if p.accept(")") {
		return nil
	}
	list := p.expressions()
	p.take(")")
	return list
}

func (p *parser) table() Expr {
	defer p.deeper()()
	t := &Table{Pos: place(p.Tok)}
	p.take("{")
	for !p.is("}") {
		var f Field
		switch {
		case p.accept("["):
			f.Key = p.expression()
			p.take("]")
			p.take("=")
		case p.Tok.Kind == lualex.Name && p.Peek().Kind == '=':
			key := p.name()
			f.Key = &String{key.Pos, key.Text}
			p.advance()
		}
		f.Value = p.expression()
		t.Fields = append(t.Fields, f)
		if !p.accept(",") && !p.accept(";") {
			break
		}
	}
	p.take("}")
	return t
}

// function reads parameters and body.
func (p *parser) function(at Pos, method bool) *Function {
	f := &Function{Pos: at}
	if method {
		f.Params = append(f.Params, &Name{at, "self"})
	}
	p.take("(")
	for !p.is(")") {
		if p.accept("...") {
			break
		}
		f.Params = append(f.Params, p.name())
		if !p.accept(",") {
			break
		}
	}
	p.take(")")
	f.Body = p.blockEnd()
	return f
}
