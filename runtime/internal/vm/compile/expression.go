package compile

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
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
	if k := p.Tok.Kind; k == lualex.Not || k == '-' || k == '#' {
		line := p.Tok.Line
		p.Next()
		e = p.binary(unaryPriority)
		e.name = ""
		p.fn.prefix(k, &e, line)
	} else {
		e = p.simple()
	}
	for {
		k := p.Tok.Kind
		op, ok := binaries[k]
		if !ok || op.left <= limit {
			break
		}
		line := p.Tok.Line
		p.Next()
		e.name = ""
		switch k {
		case lualex.Concat:
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
		if name != ".." || p.Tok.Kind != lualex.Concat {
			break
		}
		p.Next()
	}
	f.emitABC(lua.OP_CALL, base, args+1, 2)
	f.fixLine(line)
	f.free = base + 1
	*e = newOperand(kReg, base)
}

func (p *parser) simple() operand {
	f := p.fn
	var e operand
	switch p.Tok.Kind {
	case lualex.Number:
		e = newOperand(kNumber, 0)
		e.num = p.Tok.Num
	case lualex.String:
		e = newOperand(kConst, f.stringConst(p.Tok.Str))
	case lualex.Nil:
		e = newOperand(kNil, 0)
	case lualex.True:
		e = newOperand(kTrue, 0)
	case lualex.False:
		e = newOperand(kFalse, 0)
	case lualex.Dots:
		if f.varargs == 0 {
			p.Fail(p.Tok, "'...' outside a function with variable arguments")
		}
		f.varargs &^= lua.VarArgNeedsArg
		e = newOperand(kVarargs, f.emitABC(lua.OP_VARARG, 0, 1, 0))
	case '{':
		return p.constructor()
	case lualex.Function:
		line := p.Tok.Line
		p.Next()
		return p.body(false, line)
	default:
		return p.suffixed()
	}
	p.Next()
	return e
}

// primary compiles a name or an expression in parentheses.
func (p *parser) primary() operand {
	switch p.Tok.Kind {
	case lualex.Name:
		return p.resolve(p.takeName())
	case '(':
		line := p.Tok.Line
		p.Next()
		e := p.expression()
		p.match(')', '(', line)
		p.fn.discharge(&e)
		e.name = ""
		return e
	}
	if p.Tok.Kind == '/' {
		p.unexpected("an expression is missing; Lua 5.1 has no '//', it writes math.floor(a / b)")
	}
	p.unexpected("an expression is missing")
	return operand{}
}

// suffixed compiles a primary expression with its fields, indices and calls.
func (p *parser) suffixed() operand {
	f := p.fn
	e := p.primary()
	for {
		switch p.Tok.Kind {
		case '.':
			p.field(&e)
		case '[':
			f.toAnyReg(&e)
			key := p.index()
			f.indexed(&e, &key)
			e.name = ""
		case ':':
			p.Next()
			name := p.takeName()
			key := newOperand(kConst, f.stringConst(name))
			f.self(&e, &key)
			e.name = name
			p.call(&e)
		case '(', lualex.String, '{':
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
	p.Next()
	name := p.takeName()
	key := newOperand(kConst, p.fn.stringConst(name))
	p.fn.indexed(e, &key)
	e.name = name
}

// index compiles `[key]`.
func (p *parser) index() operand {
	line := p.Tok.Line
	p.Next()
	e := p.expression()
	p.fn.toValue(&e)
	p.match(']', '[', line)
	return e
}
