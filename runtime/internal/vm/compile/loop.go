package compile

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

func (p *parser) whileStatement(line int) {
	f := p.fn
	p.Next()
	start := f.label()
	exit := p.condition()
	f.enter(true)
	p.loopDo("the condition")
	p.scopeBlock()
	f.patchTo(f.jump(), start)
	p.match(lualex.End, lualex.While, line)
	f.leave()
	f.patchToHere(exit)
}

func (p *parser) loopDo(after string) {
	if p.Tok.Kind != lualex.Do {
		p.unexpected("'do' expected after " + after)
	}
	p.Next()
}

func (p *parser) repeatStatement(line int) {
	f := p.fn
	start := f.label()
	f.enter(true)
	inner := f.enter(false)
	p.Next()
	p.statements()
	p.match(lualex.Until, lualex.Repeat, line)
	exit := p.condition() // sees the locals of the body
	if !inner.upvalue {
		f.leave()
		f.patchTo(exit, start)
	} else {
		f.breakLoop()
		f.patchToHere(exit)
		f.leave()
		f.patchTo(f.jump(), start)
	}
	f.leave()
}

// breakLoop jumps out of the innermost loop, if there is one. Locals that were
// captured on the way are closed first.
func (f *function) breakLoop() bool {
	captured := false
	b := f.block
	for b != nil && !b.loop {
		captured = captured || b.upvalue
		b = b.outer
	}
	if b == nil {
		return false
	}
	if captured {
		f.emitABC(lua.OP_CLOSE, b.level, 0, 0)
	}
	f.concat(&b.breaks, f.jump())
	return true
}

func (p *parser) forStatement(line int) {
	f := p.fn
	f.enter(true)
	p.Next()
	name := p.takeName()
	switch p.Tok.Kind {
	case '=':
		p.numericFor(name, line)
	case ',', lualex.In:
		p.genericFor(name)
	default:
		p.unexpected("'=' or 'in' expected after the name")
	}
	p.match(lualex.End, lualex.For, line)
	f.leave()
}

func (p *parser) numericFor(name string, line int) {
	f := p.fn
	base := f.free
	p.declare("(for index)")
	p.declare("(for limit)")
	p.declare("(for step)")
	p.declare(name)
	declared := p.declared
	p.declared = nil
	p.Next()
	p.oneValue()
	if p.Tok.Kind != ',' {
		p.unexpected("',' and the limit expected")
	}
	p.Next()
	p.oneValue()
	if p.test(',') {
		p.oneValue()
	} else {
		f.emitABx(lua.OP_LOADK, f.free, f.numberConst(1))
		f.reserve(1)
	}
	p.declared = declared
	p.forBody(base, line, 1, true)
}

// oneValue compiles an expression into the next register.
func (p *parser) oneValue() {
	e := p.expression()
	p.fn.toNextReg(&e)
}

func (p *parser) genericFor(name string) {
	f := p.fn
	base := f.free
	names := []string{name}
	for p.test(',') {
		names = append(names, p.takeName())
	}
	if p.Tok.Kind != lualex.In {
		p.unexpected("'in' expected after the names")
	}
	p.Next()
	line := p.Tok.Line // what the loop calls stands here
	e, n := p.expressions()
	p.adjust(3, n, &e)
	f.checkStack(3) // for the call of the iterator
	p.declare("(for generator)")
	p.declare("(for state)")
	p.declare("(for control)")
	for _, name := range names {
		p.declare(name)
	}
	p.forBody(base, line, len(names), false)
}

// forBody compiles the body of a loop whose three hidden locals have values.
func (p *parser) forBody(base, line, names int, numeric bool) {
	f := p.fn
	visible := append([]*variable(nil), p.declared[3:]...)
	p.declared = p.declared[:3]
	p.activate()
	p.loopDo("the values of 'for'")
	var prepare int
	if numeric {
		prepare = f.emitABx(lua.OP_FORPREP, base, noJump+maxSBx)
	} else {
		prepare = f.jump()
	}
	f.enter(false)
	p.declared = append(p.declared, visible...)
	p.activate()
	f.reserve(names)
	p.statements()
	f.leave()
	f.patchToHere(prepare)
	var end int
	if numeric {
		end = f.emitABx(lua.OP_FORLOOP, base, noJump+maxSBx)
	} else {
		end = f.emitABC(lua.OP_TFORLOOP, base, 0, names)
	}
	f.fixLine(line)
	if numeric {
		f.patchTo(end, prepare+1)
	} else {
		f.patchTo(f.jump(), prepare+1)
	}
}
