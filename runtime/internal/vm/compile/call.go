package compile

import lua "github.com/yuin/gopher-lua"

// call compiles the arguments of a call of the function in e's register.
func (p *parser) call(e *operand) {
	f := p.fn
	line := p.tok.line
	name := e.name
	args := operand{t: noJump, f: noJump}
	switch p.tok.kind {
	case '(':
		if p.tok.line != p.lastLine {
			p.fail(p.tok, "ambiguous: a call of the value above or a new statement? Put ';' in between, or move the parenthesis up,")
		}
		p.next()
		if p.tok.kind != ')' {
			args, _ = p.expressions()
			f.setReturns(&args, lua.MultRet)
		}
		p.match(')', '(', line)
	case '{':
		args = p.tableArgument(e.info)
	case tString:
		args = newOperand(kConst, f.stringConst(p.tok.str))
		p.next()
	default:
		p.unexpected("arguments expected after the method's name")
	}
	base := e.info
	n := lua.MultRet
	if args.kind != kCall && args.kind != kVarargs {
		if args.kind != kVoid {
			f.toNextReg(&args)
		}
		n = f.free - (base + 1)
	}
	pc := f.emitABC(lua.OP_CALL, base, n+1, 2)
	f.fixLine(line)
	*e = newOperand(kCall, pc)
	f.free = base + 1 // the call leaves one value unless more are asked for
	if name == "" {
		name = "?"
	}
	f.calls = append(f.calls, lua.DbgCall{Pc: pc, Name: name})
}

// body compiles parameters and body of a function.
func (p *parser) body(method bool, line int) operand {
	outer := p.fn
	f := p.openFunction(line)
	f.enter(false)
	p.take('(')
	if method {
		p.declare("self")
		p.activate()
	}
	p.parameters()
	p.take(')')
	p.statements()
	f.lastLine = p.tok.line
	p.match(tEnd, tFunction, line)
	f.leave()
	proto := p.closeFunction()
	outer.functions = append(outer.functions, proto)
	if len(outer.functions)-1 > maxBx {
		p.fail(p.tok, "too many functions in one function")
	}
	e := newOperand(kReloc, outer.emitABx(lua.OP_CLOSURE, 0, len(outer.functions)-1))
	for _, u := range f.upvalues {
		op := lua.OP_GETUPVAL
		if u.local {
			op = lua.OP_MOVE
		}
		outer.emitABC(op, 0, u.index, 0)
	}
	return e
}

func (p *parser) parameters() {
	f := p.fn
	for p.tok.kind != ')' {
		switch p.tok.kind {
		case tName:
			p.declare(p.takeName())
		case tDots:
			p.next()
			// The local arg holds the extra arguments as a table, as in Lua 5.1,
			// unless the body uses `...`.
			f.varargs = lua.VarArgHasArg | lua.VarArgNeedsArg | lua.VarArgIsVarArg
			f.params = len(f.active) + len(p.declared)
			p.declare("arg")
		default:
			p.unexpected("a parameter's name or '...' expected")
		}
		if f.varargs != 0 || !p.test(',') {
			break
		}
		if p.tok.kind == ')' {
			p.unexpected("a parameter's name or '...' expected after ','")
		}
	}
	p.activate()
	if f.varargs == 0 {
		f.params = len(f.active)
	}
	f.reserve(len(f.active))
}
