package compile

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// blockEnd reports that the current token ends a block.
func (p *parser) blockEnd(withUntil bool) bool {
	switch p.Tok.Kind {
	case lualex.Else, lualex.Elseif, lualex.End, lualex.EOF:
		return true
	case lualex.Until:
		return withUntil
	}
	return false
}

// statements compiles until the end of the block.
func (p *parser) statements() {
	p.deeper()
	for !p.blockEnd(true) {
		if p.Tok.Kind == lualex.Return {
			p.returnStatement()
			break
		}
		p.statement()
		p.fn.free = len(p.fn.active)
	}
	p.levels--
}

// scopeBlock compiles a block with a scope of its own.
func (p *parser) scopeBlock() {
	p.fn.enter(false)
	p.statements()
	p.fn.leave()
}

func (p *parser) statement() {
	line := p.Tok.Line
	switch p.Tok.Kind {
	case ';':
		p.Next()
	case lualex.If:
		p.ifStatement(line)
	case lualex.While:
		p.whileStatement(line)
	case lualex.Do:
		p.Next()
		p.scopeBlock()
		p.match(lualex.End, lualex.Do, line)
	case lualex.For:
		p.forStatement(line)
	case lualex.Repeat:
		p.repeatStatement(line)
	case lualex.Function:
		p.functionStatement(line)
	case lualex.Local:
		p.Next()
		if p.test(lualex.Function) {
			p.localFunction(line)
		} else {
			p.localStatement()
		}
	case lualex.Break:
		tok := p.Tok
		p.Next()
		if !p.fn.breakLoop() {
			p.Fail(tok, "'break' outside a loop")
		}
	case lualex.DoubleColon:
		p.labelStatement()
	default:
		if p.Tok.Kind == lualex.Name && p.Tok.Str == "goto" && p.Peek().Kind == lualex.Name {
			p.gotoStatement(line)
			return
		}
		p.expressionStatement()
	}
}

// condition compiles a condition and returns the jumps for when it is false.
func (p *parser) condition() int {
	e := p.expression()
	if e.kind == kNil {
		e.kind = kFalse // all falses are equal here
	}
	p.fn.goIfTrue(&e)
	return e.f
}

func (p *parser) ifStatement(line int) {
	f := p.fn
	escape := noJump
	thenBlock := func() int {
		p.Next()
		no := p.condition()
		if p.Tok.Kind != lualex.Then {
			p.unexpected("'then' expected after the condition")
		}
		p.Next()
		p.scopeBlock()
		return no
	}
	no := thenBlock()
	for p.Tok.Kind == lualex.Elseif {
		f.concat(&escape, f.jump())
		f.patchToHere(no)
		no = thenBlock()
	}
	if p.Tok.Kind == lualex.Else {
		f.concat(&escape, f.jump())
		f.patchToHere(no)
		p.Next()
		p.scopeBlock()
	} else {
		f.concat(&escape, no)
	}
	f.patchToHere(escape)
	p.match(lualex.End, lualex.If, line)
}

func (p *parser) returnStatement() {
	f := p.fn
	p.Next()
	first, n := 0, 0
	if !p.blockEnd(true) && p.Tok.Kind != ';' {
		e, count := p.expressions()
		n = count
		switch {
		case e.kind == kCall || e.kind == kVarargs:
			f.setReturns(&e, lua.MultRet)
			if e.kind == kCall && n == 1 {
				setOp(&f.code[e.info], lua.OP_TAILCALL)
			}
			first, n = len(f.active), lua.MultRet
		case n == 1:
			first = f.toAnyReg(&e)
		default:
			f.toNextReg(&e)
			first = len(f.active)
		}
	}
	f.emitReturn(first, n)
	for p.test(';') {
	}
	if !p.blockEnd(true) {
		p.unexpected("'return' must be the last statement of its block, but something follows")
	}
}

func (p *parser) functionStatement(line int) {
	f := p.fn
	p.Next()
	v := p.resolve(p.takeName())
	for p.Tok.Kind == '.' {
		p.field(&v)
	}
	method := false
	if p.Tok.Kind == ':' {
		method = true
		p.field(&v)
	}
	name := v.name
	body := p.body(method, line)
	body.name = name
	f.store(&v, &body)
	f.fixLine(line)
}

// topOfSession reports that a local declared here outlives the chunk.
func (p *parser) topOfSession() bool {
	return p.opts.Session && p.fn.outer == nil && p.fn.block.outer == nil
}

func (p *parser) localFunction(line int) {
	f := p.fn
	name := p.takeName()
	if p.topOfSession() {
		v := newOperand(kGlobal, f.stringConst(name))
		body := p.body(false, line)
		f.store(&v, &body)
		return
	}
	p.declare(name)
	v := newOperand(kLocal, f.free)
	f.reserve(1)
	p.activate()
	body := p.body(false, line)
	f.store(&v, &body)
	f.debug[len(f.debug)-1].StartPc = len(f.code) // a debugger sees it only now
}

func (p *parser) localStatement() {
	f := p.fn
	names := []string{p.takeName()}
	for p.test(',') {
		names = append(names, p.takeName())
	}
	session := p.topOfSession()
	if !session {
		for _, name := range names {
			p.declare(name)
		}
	}
	declared := p.declared
	p.declared = nil // the values may declare locals of their own
	e, n := operand{t: noJump, f: noJump}, 0
	if p.test('=') {
		e, n = p.expressions()
	}
	p.adjust(len(names), n, &e)
	p.declared = declared
	if !session {
		p.activate()
		return
	}
	for i := len(names) - 1; i >= 0; i-- {
		v, value := newOperand(kGlobal, f.stringConst(names[i])), newOperand(kReg, f.free-1)
		f.store(&v, &value)
	}
}
