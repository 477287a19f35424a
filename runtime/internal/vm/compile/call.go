package compile

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// call compiles the arguments of a call of the function in e's register.
func (p *parser) call(e *operand) {
	f := p.fn
	line := p.Tok.Line
	name := e.name
	args := operand{t: noJump, f: noJump}
	switch p.Tok.Kind {
	case '(':
		if p.Tok.Line != p.LastLine {
			p.Fail(p.Tok, "ambiguous: a call of the value above or a new statement? Put ';' in between, or move the parenthesis up,")
		}
		p.Next()
		if p.Tok.Kind != ')' {
			args, _ = p.expressions()
			f.setReturns(&args, lua.MultRet)
		}
		p.match(')', '(', line)
	case '{':
		args = p.tableArgument(e.info)
	case lualex.String:
		args = newOperand(kConst, f.stringConst(p.Tok.Str))
		p.Next()
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
	f.lastLine = p.Tok.Line
	p.match(lualex.End, lualex.Function, line)
	f.leave()
	proto := p.closeFunction()
	outer.functions = append(outer.functions, proto)
	if len(outer.functions)-1 > maxBx {
		p.Fail(p.Tok, "too many functions in one function")
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
	for p.Tok.Kind != ')' {
		switch p.Tok.Kind {
		case lualex.Name:
			p.declare(p.takeName())
		case lualex.Dots:
			p.Next()
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
		if p.Tok.Kind == ')' {
			p.unexpected("a parameter's name or '...' expected after ','")
		}
	}
	p.activate()
	if f.varargs == 0 {
		f.params = len(f.active)
	}
	f.reserve(len(f.active))
}
