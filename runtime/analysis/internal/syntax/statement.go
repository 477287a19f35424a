package syntax

import "github.com/cloudscript/cloudscript/runtime/internal/lualex"

// block reads statements up to the word that ends their block.
func (p *parser) block() []Stmt {
	var body []Stmt
	for p.Tok.Kind != lualex.EOF && !p.is("end") && !p.is("else") && !p.is("elseif") && !p.is("until") {
		if p.accept(";") {
			continue
		}
		body = append(body, p.statement())
	}
	return body
}

// blockEnd reads a block and its end.
func (p *parser) blockEnd() []Stmt {
	body := p.block()
	p.take("end")
	return body
}

func (p *parser) statement() Stmt {
	defer p.deeper()()
	at := place(p.Tok)
	switch {
	case p.accept("if"):
		return p.ifStatement(at)
	case p.accept("while"):
		cond := p.expression()
		p.take("do")
		return &While{at, cond, p.blockEnd()}
	case p.accept("do"):
		return &Do{at, p.blockEnd()}
	case p.accept("for"):
		return p.forStatement(at)
	case p.accept("repeat"):
		body := p.block()
		p.take("until")
		return &Repeat{at, body, p.expression()}
	case p.accept("function"):
		return p.functionStatement(at)
	case p.accept("local"):
		return p.localStatement(at)
	case p.accept("return"):
		r := &Return{Pos: at}
		if p.Tok.Kind != lualex.EOF && !p.is("end") && !p.is("else") && !p.is("elseif") && !p.is("until") && !p.is(";") {
			r.Values = p.expressions()
		}
		p.accept(";")
		return r
	case p.accept("break"):
		return &Jump{at}
	case p.accept("::"):
		p.name()
		p.take("::")
		return &Jump{at}
	case p.Tok.Kind == lualex.Name && p.Tok.Str == "goto" && p.Peek().Kind == lualex.Name:
		p.advance()
		p.advance()
		return &Jump{at}
	}
	return p.expressionStatement(at)
}

func (p *parser) ifStatement(at Pos) Stmt {
	s := &If{Pos: at}
	for {
		s.Conds = append(s.Conds, p.expression())
		p.take("then")
		s.Bodies = append(s.Bodies, p.block())
		if !p.accept("elseif") {
			break
		}
	}
	if p.accept("else") {
		s.Bodies = append(s.Bodies, p.block())
	}
	p.take("end")
	return s
}

func (p *parser) forStatement(at Pos) Stmt {
	names := p.names()
	if len(names) == 1 && p.accept("=") {
		bounds := p.expressions()
		p.take("do")
		return &NumericFor{at, names[0], bounds, p.blockEnd()}
	}
	p.take("in")
	values := p.expressions()
	p.take("do")
	return &GenericFor{at, names, values, p.blockEnd()}
}

func (p *parser) functionStatement(at Pos) Stmt {
	var target Expr = p.name()
	for p.is(".") || p.is(":") {
		method := p.word(p.advance()) == ":"
		key := p.name()
		target = &Index{key.Pos, target, &String{key.Pos, key.Text}}
		if method {
			return &FunctionStmt{at, target, p.function(at, true)}
		}
	}
	return &FunctionStmt{at, target, p.function(at, false)}
}

func (p *parser) localStatement(at Pos) Stmt {
	if p.accept("function") {
		n := p.name()
		return &LocalFunction{at, n, p.function(at, false)}
	}
	s := &Local{Pos: at, Names: p.names()}
	if p.accept("=") {
		s.Values = p.expressions()
	}
	return s
}

func (p *parser) expressionStatement(at Pos) Stmt {
	e := p.suffixed()
	if call, ok := e.(*Call); ok && !p.is(",") && !p.is("=") {
		return &CallStmt{at, call}
	}
	targets := []Expr{e}
	for p.accept(",") {
		targets = append(targets, p.suffixed())
	}
	for _, t := range targets {
		switch t.(type) {
		case *Name, *Index:
		default:
			p.unexpected()
		}
	}
	p.take("=")
	return &Assign{at, targets, p.expressions()}
}
