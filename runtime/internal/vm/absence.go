package vm

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// An Absence is a name that the failing instruction needed and that was nil: what a
// script asked t.x of, and that it asked for x. The host knows what else there is.
type Absence struct {
	In     lua.LValue // the table or text without the name
	Name   string
	Global bool // In holds the global variables
}

// absence finds the name that an error message about a nil value ends with. It is nil
// for other errors, and where what was asked cannot be told any more.
func absence(L *lua.LState, message string) *Absence {
	if !strings.Contains(message, " a nil value (") {
		return nil
	}
	f := topFrame(L)
	if f != nil && f.Fn.IsG { // an operator
		f = f.Parent
	}
	if f == nil || f.Fn.IsG {
		return nil
	}
	i := f.Fn.Proto.Code[f.Pc-1]
	a, b := argA(i), argB(i)
	registers := []int{a, b, argC(i)}
	if opOf(i) == lua.OP_CALL { // an operator's operands
		for n := 1; n < b; n++ {
			registers = append(registers, a+n)
		}
	}
	r := reader{stack: Stack(L), frame: f}
	for _, register := range registers {
		if register&rkBit != 0 {
			continue
		}
		if name := registerName(f.Fn.Proto, f.Pc-1, register); name != "" && strings.HasSuffix(message, "("+name+")") {
			return r.absence(f.Pc-1, register)
		}
	}
	return nil
}

// A reader works out values of a frame that stopped, without calling anything.
type reader struct {
	stack []lua.LValue
	frame *callFrame
}

// absence says which name the register's value was read by.
func (r reader) absence(pc, register int) *Absence {
	p := r.frame.Fn.Proto
	at := -1
	if localName(p, pc, register) == "" {
		at = setter(p, pc, register)
	}
	if at < 0 {
		return nil
	}
	found := Absence{}
	switch i := p.Code[at]; opOf(i) {
	case lua.OP_GETGLOBAL:
		found = Absence{In: r.frame.Fn.Env, Name: p.Constants[int(i&0x3ffff)].String(), Global: true}
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		found.In = r.value(at, argB(i))
		found.Name, _ = constantString(p, argC(i))
	case lua.OP_SELF:
		found.In = r.register(argA(i) + 1)
		found.Name, _ = constantString(p, argC(i))
	}
	if found.In == nil || found.Name == "" {
		return nil
	}
	return &found
}

// value is what the register held at pc; nil if that cannot be told.
func (r reader) value(pc, register int) lua.LValue {
	f := r.frame
	p := f.Fn.Proto
	if localName(p, pc, register) != "" {
		return r.register(register)
	}
	at := setter(p, pc, register)
	if at < 0 {
		return nil
	}
	switch i := p.Code[at]; opOf(i) {
	case lua.OP_MOVE, lua.OP_MOVEN:
		return r.value(at, argB(i))
	case lua.OP_GETGLOBAL:
		return f.Fn.Env.RawGet(p.Constants[int(i&0x3ffff)])
	case lua.OP_GETUPVAL:
		return f.Fn.Upvalues[argB(i)].Value()
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		name, _ := constantString(p, argC(i))
		if t, ok := r.value(at, argB(i)).(*lua.LTable); ok && name != "" {
			return t.RawGetString(name)
		}
	}
	return nil
}

func (r reader) register(n int) lua.LValue {
	if at := r.frame.LocalBase + n; at < len(r.stack) {
		return r.stack[at]
	}
	return nil
}
