package vm

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// moduloFunction is what the compiler calls for %. gopher-lua's instruction
// takes the exact remainder, which is not what Lua 5.1 defines for fractions,
// and takes as long as this call.
var moduloFunction = &lua.LFunction{IsG: true, GFunction: modulo, Upvalues: operatorMark}

// modulo is a - floor(a/b)*b.
func modulo(L *lua.LState) int {
	a, ok1 := L.Get(1).(lua.LNumber)
	b, ok2 := L.Get(2).(lua.LNumber)
	if !ok1 || !ok2 {
		return arithmetic(L, "__mod", func(a, b float64) float64 { return a - math.Floor(a/b)*b })
	}
	L.Push(a - lua.LNumber(math.Floor(float64(a/b)))*b)
	return 1
}

// arithmetic is an operator on the two arguments of L when they are not both
// numbers: a metamethod, or numbers written as strings.
func arithmetic(L *lua.LState, event string, do func(a, b float64) float64) int {
	left, right := L.Get(1), L.Get(2)
	method := L.GetMetaField(left, event)
	if method == lua.LNil {
		method = L.GetMetaField(right, event)
	}
	if method != lua.LNil {
		L.Push(method)
		L.Push(left)
		L.Push(right)
		L.Call(2, 1)
		return 1
	}
	a, ok := luanum.Of(left)
	if !ok {
		raiseOperand(L, "perform arithmetic on", left, 1)
	}
	b, ok := luanum.Of(right)
	if !ok {
		raiseOperand(L, "perform arithmetic on", right, 2)
	}
	L.Push(lua.LNumber(do(a, b)))
	return 1
}
