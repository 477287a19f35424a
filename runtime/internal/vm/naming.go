package vm

import (
	"sort"

	lua "github.com/yuin/gopher-lua"
)

// The fields of an instruction; see gopher-lua's opcode.go.
func opOf(i uint32) int { return int(i >> 26) }
func argA(i uint32) int { return int(i>>18) & 0xff }
func argB(i uint32) int { return int(i & 0x1ff) }
func argC(i uint32) int { return int(i>>9) & 0x1ff }

const rkBit = 1 << 8 // in B or C: a constant and not a register

// operand is the value of an instruction's A, B or C in a frame that lies on a stack.
func (f *callFrame) operand(stack []lua.LValue, rk int) lua.LValue {
	if rk&rkBit != 0 {
		return f.Fn.Proto.Constants[rk&^rkBit]
	}
	return stack[f.LocalBase+rk]
}

// calledName is the name by which the instruction at pc calls a function.
func calledName(p *lua.FunctionProto, pc int) string {
	if p == nil {
		return ""
	}
	i := sort.Search(len(p.DbgCalls), func(i int) bool { return p.DbgCalls[i].Pc >= pc })
	if i < len(p.DbgCalls) && p.DbgCalls[i].Pc == pc && p.DbgCalls[i].Name != "?" {
		return p.DbgCalls[i].Name
	}
	return ""
}

// registerName says what the value in a register is called at pc, as in
// "local 'x'" or "field 'name'"; empty when it has no name.
func registerName(p *lua.FunctionProto, pc, reg int) string {
	if name := localName(p, pc, reg); name != "" {
		return "local '" + name + "'"
	}
	at := setter(p, pc, reg)
	if at < 0 {
		return ""
	}
	switch i := p.Code[at]; opOf(i) {
	case lua.OP_MOVE, lua.OP_MOVEN:
		if argB(i) < argA(i) {
			return registerName(p, at, argB(i))
		}
	case lua.OP_GETGLOBAL:
		return "global '" + p.Constants[int(i&0x3ffff)].String() + "'"
	case lua.OP_GETUPVAL:
		return "upvalue '" + p.DbgUpvalues[argB(i)] + "'"
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		if name, ok := constantString(p, argC(i)); ok {
			return "field '" + name + "'"
		}
	case lua.OP_SELF:
		if name, ok := constantString(p, argC(i)); ok && reg == argA(i) {
			return "method '" + name + "'"
		}
	}
	return ""
}

func constantString(p *lua.FunctionProto, rk int) (string, bool) {
	if rk&rkBit == 0 {
		return "", false
	}
	s, ok := p.Constants[rk&^rkBit].(lua.LString)
	return string(s), ok
}

// localName is the local that lives in a register at pc.
func localName(p *lua.FunctionProto, pc, reg int) string {
	for _, l := range p.DbgLocals {
		if l.StartPc > pc {
			break
		}
		if pc < l.EndPc {
			if reg == 0 {
				if l.Name[0] == '(' { // the hidden locals of a loop
					return ""
				}
				return l.Name
			}
			reg--
		}
	}
	return ""
}

// setter is the instruction that gave a register the value that it has at pc,
// or -1 when that depends on which way control went.
func setter(p *lua.FunctionProto, pc, reg int) int {
	at, target := -1, 0 // target: how far a jump forward has gone
	set := func(pc int) {
		at = pc
		if pc < target {
			at = -1
		}
	}
	for n := 0; n < pc; n++ {
		i := p.Code[n]
		a, b := argA(i), argB(i)
		switch opOf(i) {
		case lua.OP_LOADNIL:
			if a <= reg && reg <= b {
				set(n)
			}
		case lua.OP_CALL, lua.OP_TAILCALL:
			if reg >= a {
				set(n)
			}
		case lua.OP_TFORLOOP:
			if reg >= a+2 {
				set(n)
			}
		case lua.OP_VARARG:
			if reg >= a && (b == 0 || reg < a+b-1) {
				set(n)
			}
		case lua.OP_SELF:
			if reg == a || reg == a+1 {
				set(n)
			}
		case lua.OP_JMP:
			if dest := n + 1 + int(i&0x3ffff) - (1<<17 - 1); n < dest && dest <= pc {
				target = max(target, dest)
			}
		case lua.OP_CLOSURE:
			if reg == a {
				set(n)
			}
			n += int(p.FunctionPrototypes[int(i&0x3ffff)].NumUpvalues) // operands
		case lua.OP_SETLIST:
			if argC(i) == 0 {
				n++ // an operand
			}
		case lua.OP_SETGLOBAL, lua.OP_SETUPVAL, lua.OP_SETTABLE, lua.OP_SETTABLEKS, lua.OP_EQ, lua.OP_LT,
			lua.OP_LE, lua.OP_RETURN, lua.OP_CLOSE, lua.OP_NOP:
		default:
			if reg == a {
				set(n)
			}
		}
	}
	return at
}
