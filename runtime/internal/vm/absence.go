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
	r := reader{stack: Stack(L), frame: f}
	i := f.Fn.Proto.Code[f.Pc-1]
	first, last := argB(i), argB(i)
	switch opOf(i) {
	case lua.OP_CALL, lua.OP_TAILCALL: // of the function, or of an operator with its operands
		first, last = argA(i), argA(i)+max(argB(i)-1, 0)
	case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
		first, last = argA(i), argA(i)
	}
	for register := first; register <= last; register++ {
		if found := r.named(message, f.Pc-1, register); found != nil {
			return found
		}
	}
	return r.named(message, f.Pc-1, argC(i))
}

// A reader works out values of a frame that stopped, without calling anything.
type reader struct {
	stack []lua.LValue
	frame *callFrame
}

// named is the absence of the register's value, if the message ends with its name.
func (r reader) named(message string, pc, register int) *Absence {
	if register&rkBit != 0 {
		return nil
	}
	found := r.absence(pc, register)
	if found == nil || !strings.HasSuffix(strings.TrimSuffix(message, "')"), found.Name) {
		return nil
	}
	return found
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
