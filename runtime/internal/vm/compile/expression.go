package compile

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (p *parser) expression() operand { return p.binary(0) }

// expressions compiles a list; all but the last are in registers.
func (p *parser) expressions() (last operand, n int) {
	last, n = p.expression(), 1
	for p.test(',') {
		p.fn.toNextReg(&last)
		last = p.expression()
		n++
	}
	return last, n
}

// binary compiles operators that bind tighter than limit.
func (p *parser) binary(limit int) operand {
	p.deeper()
	var e operand
	if k := p.tok.kind; k == tNot || k == '-' || k == '#' {
		line := p.tok.line
		p.next()
		e = p.binary(unaryPriority)
		e.name = ""
		p.fn.prefix(k, &e, line)
	} else {
		e = p.simple()
	}
	for {
		k := p.tok.kind
		op, ok := binaries[k]
		if !ok || op.left <= limit {
			break
		}
		line := p.tok.line
		p.next()
		e.name = ""
		switch k {
		case tConcat:
			p.byCall(p.opts.Concat, "..", &e, op.left, line)
			continue
		case '%':
			p.byCall(p.opts.Modulo, "%", &e, op.left, line)
			continue
		}
		p.fn.infix(k, &e)
		right := p.binary(op.right)
		right.name = ""
		p.fn.postfix(k, &e, &right, line)
	}
	p.levels--
	return e
}

// byCall compiles an operator with its left operand in e to a call of fn. A row
// of `..` is one call with all operands.
func (p *parser) byCall(fn *lua.LFunction, name string, e *operand, limit, line int) {
	f := p.fn
	k := constant(f, f.others, name, lua.LValue(fn))
	if e.kind == kJump {
		f.toNextReg(e)
	}
	f.toValue(e)
	f.freeOperand(e)
	base := f.free
	if e.kind == kReg && e.info == base { // in the place of the function: move up
		f.checkStack(2)
		f.emitABC(lua.OP_MOVE, base+1, e.info, 0)
		e.info = base + 1
		f.emitABx(lua.OP_LOADK, base, k)
		f.reserve(2)
	} else {
		f.emitABx(lua.OP_LOADK, base, k)
		f.reserve(1)
		f.toNextReg(e)
	}
	args := 1
	for {
		operand := p.binary(limit)
		f.toNextReg(&operand)
		args++
		if name != ".." || p.tok.kind != tConcat {
			break
		}
		p.next()
	}
	f.emitABC(lua.OP_CALL, base, args+1, 2)
	f.fixLine(line)
	f.free = base + 1
	*e = newOperand(kReg, base)
}

func (p *parser) simple() operand {
	f := p.fn
	var e operand
	switch p.tok.kind {
	case tNumber:
		e = newOperand(kNumber, 0)
		e.num = p.tok.num
	case tString:
		e = newOperand(kConst, f.stringConst(p.tok.str))
	case tNil:
		e = newOperand(kNil, 0)
	case tTrue:
		e = newOperand(kTrue, 0)
	case tFalse:
		e = newOperand(kFalse, 0)
	case tDots:
		if f.varargs == 0 {
			p.fail(p.tok, "'...' outside a function with variable arguments")
		}
		f.varargs &^= lua.VarArgNeedsArg
		e = newOperand(kVarargs, f.emitABC(lua.OP_VARARG, 0, 1, 0))
	case '{':
		return p.constructor()
	case tFunction:
		line := p.tok.line
		p.next()
		return p.body(false, line)
	default:
		return p.suffixed()
	}
	p.next()
	return e
}

// primary compiles a name or an expression in parentheses.
func (p *parser) primary() operand {
	switch p.tok.kind {
	case tName:
		return p.resolve(p.takeName())
	case '(':
		line := p.tok.line
		p.next()
		e := p.expression()
		p.match(')', '(', line)
		p.fn.discharge(&e)
		e.name = ""
		return e
	}
	p.unexpected("an expression is missing")
	return operand{}
}

// suffixed compiles a primary expression with its fields, indices and calls.
func (p *parser) suffixed() operand {
	f := p.fn
	e := p.primary()
	for {
		switch p.tok.kind {
		case '.':
			p.field(&e)
		case '[':
			f.toAnyReg(&e)
			key := p.index()
			f.indexed(&e, &key)
			e.name = ""
		case ':':
			p.next()
			name := p.takeName()
			key := newOperand(kConst, f.stringConst(name))
			f.self(&e, &key)
			e.name = name
			p.call(&e)
		case '(', tString, '{':
			f.toNextReg(&e)
			p.call(&e)
		default:
			return e
		}
	}
}

// field compiles `.name` or `:name` after e.
func (p *parser) field(e *operand) {
	p.fn.toAnyReg(e)
	p.next()
	name := p.takeName()
	key := newOperand(kConst, p.fn.stringConst(name))
	p.fn.indexed(e, &key)
	e.name = name
}

// index compiles `[key]`.
func (p *parser) index() operand {
	line := p.tok.line
	p.next()
	e := p.expression()
	p.fn.toValue(&e)
	p.match(']', '[', line)
	return e
}
