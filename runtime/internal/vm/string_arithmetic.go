package vm

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// gopher-lua reads strings in arithmetic as Go literals: "010" + 1 is 9 and
// "1_0" + 1 is 11. Metamethods of strings come first, so they do it right.

// openStringArithmetic gives the strings of the state a metatable of their own,
// with the fields of the one that they have and the arithmetic metamethods. A
// library may share its string metatable between states, so it is not changed.
func (s *State) openStringArithmetic() {
	mt := &lua.LTable{Metatable: lua.LNil}
	if old := stringMetatable(s.main); old != nil {
		for k, v := old.Next(lua.LNil); k != lua.LNil; k, v = old.Next(k) {
			mt.RawSet(k, v)
		}
	}
	s.Register(mt, map[string]lua.LGFunction{
		"__add": stringOperator("__add", func(a, b float64) float64 { return a + b }),
		"__sub": stringOperator("__sub", func(a, b float64) float64 { return a - b }),
		"__mul": stringOperator("__mul", func(a, b float64) float64 { return a * b }),
		"__div": stringOperator("__div", func(a, b float64) float64 { return a / b }),
		"__pow": stringOperator("__pow", math.Pow),
		"__unm": stringOperator("__unm", func(a, _ float64) float64 { return -a }),
	})
	s.main.SetMetatable(lua.LString(""), mt)
}

// stringOperator is the metamethod of an operator of which an operand is a
// string. The other operand's metamethod, if it has one, is asked first, so
// "1" + object is the object's business as in C Lua.
func stringOperator(event string, do func(a, b float64) float64) lua.LGFunction {
	return func(L *lua.LState) int {
		left, right := L.Get(1), L.Get(2)
		if event == "__unm" {
			right = left
		}
		for _, v := range []lua.LValue{left, right} {
			if _, ok := v.(lua.LString); ok {
				continue
			}
			if method := L.GetMetaField(v, event); method != lua.LNil {
				L.Push(method)
				L.Push(left)
				L.Push(right)
				L.Call(2, 1)
				return 1
			}
		}
		a, ok := luanum.Of(left)
		if !ok {
			raiseInstruction(L, left, argB)
		}
		b, ok := luanum.Of(right)
		if !ok {
			raiseInstruction(L, right, argC)
		}
		L.Push(lua.LNumber(do(a, b)))
		return 1
	}
}

// raiseInstruction raises that v, an operand of the instruction that called the
// metamethod which runs in L, is no number.
func raiseInstruction(L *lua.LState, v lua.LValue, field func(uint32) int) {
	msg := "attempt to perform arithmetic on a " + typeName(v) + " value"
	if f := topFrame(L).Parent; f != nil && !f.Fn.IsG {
		pc := f.Pc - 1
		if rk := field(f.Fn.Proto.Code[pc]); rk&rkBit == 0 {
			if name := registerName(f.Fn.Proto, pc, rk); name != "" {
				msg += " (" + name + ")"
			}
		}
	}
	L.Error(lua.LString(where(Of(L), 1)+msg), 0)
}
