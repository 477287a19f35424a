package syntax

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
	for p.tok.kind == keyword || p.tok.kind == symbol {
		priority, ok := priorities[p.tok.str]
		if !ok || priority[0] <= limit {
			break
		}
		op := p.advance()
		left = &Binary{op.Pos, op.str, left, p.binary(priority[1])}
	}
	return left
}

func (p *parser) unary() Expr {
	if p.is("-") || p.is("not") || p.is("#") {
		op := p.advance()
		return &Unary{op.Pos, op.str, p.binary(unaryPriority)}
	}
	return p.simple()
}

func (p *parser) simple() Expr {
	t := p.tok
	switch {
	case t.kind == number:
		p.advance()
		return &Number{t.Pos, t.num}
	case t.kind == text:
		p.advance()
		return &String{t.Pos, t.str}
	case p.accept("nil"), p.accept("true"), p.accept("false"):
		return &Constant{t.Pos, t.str}
	case p.accept("..."):
		return &Vararg{t.Pos}
	case p.accept("function"):
		return p.function(t.Pos, false)
	case p.is("{"):
		return p.table()
	}
	return p.suffixed()
}

// suffixed is a name or an expression in parentheses, with the indexes and calls
// behind it.
func (p *parser) suffixed() Expr {
	var e Expr
	if at := p.tok.Pos; p.accept("(") {
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
		case p.is("("), p.is("{"), p.tok.kind == text:
			e = &Call{at, e, nil, p.arguments()}
		default:
			return e
		}
	}
}

func (p *parser) arguments() []Expr {
	t := p.tok
	switch {
	case t.kind == text:
		p.advance()
		return []Expr{&String{t.Pos, t.str}}
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
	t := &Table{Pos: p.tok.Pos}
	p.take("{")
	for !p.is("}") {
		var f Field
		switch {
		case p.accept("["):
			f.Key = p.expression()
			p.take("]")
			p.take("=")
		case p.tok.kind == name && p.ahead.kind == symbol && p.ahead.str == "=":
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
