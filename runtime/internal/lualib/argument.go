package lualib

import (
	"math"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// Argument checks. Each takes the function's name for the error and the
// argument's number, and converts between strings and numbers as C Lua does.

func stringArgument(L *lua.LState, fn string, n int) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return luanum.Format(float64(v))
	}
	typeError(L, fn, n, "string")
	return ""
}

func optionalString(L *lua.LState, fn string, n int, otherwise string) string {
	if L.Get(n) == lua.LNil {
		return otherwise
	}
	return stringArgument(L, fn, n)
}

func numberArgument(L *lua.LState, fn string, n int) float64 {
	f, ok := luanum.Of(L.Get(n))
	if !ok {
		typeError(L, fn, n, "number")
	}
	return f
}

// intArgument truncates towards zero. A number beyond the range of int becomes
// the nearest one, so that s:sub(1, math.huge) means all of s.
func intArgument(L *lua.LState, fn string, n int) int {
	return toInt(numberArgument(L, fn, n))
}

func toInt(f float64) int {
	switch {
	case f >= math.MaxInt:
		return math.MaxInt
	case f <= math.MinInt:
		return math.MinInt
	case f != f:
		return 0
	}
	return int(f)
}

func optionalInt(L *lua.LState, fn string, n, otherwise int) int {
	if L.Get(n) == lua.LNil {
		return otherwise
	}
	return intArgument(L, fn, n)
}

func tableArgument(L *lua.LState, fn string, n int) *lua.LTable {
	t, ok := L.Get(n).(*lua.LTable)
	if !ok {
		typeError(L, fn, n, "table")
	}
	return t
}

func functionArgument(L *lua.LState, fn string, n int) *lua.LFunction {
	f, ok := L.Get(n).(*lua.LFunction)
	if !ok {
		typeError(L, fn, n, "function")
	}
	return f
}

// anyArgument refuses a missing argument; nil is one.
func anyArgument(L *lua.LState, fn string, n int) lua.LValue {
	if n > L.GetTop() {
		argumentError(L, fn, n, "value expected")
	}
	return L.Get(n)
}

// typeName is the type of a value as Lua names it.
func typeName(v lua.LValue) string {
	switch v.(type) {
	case *lua.LNilType:
		return "nil"
	case lua.LNumber:
		return "number"
	case lua.LString:
		return "string"
	}
	return v.Type().String()
}
