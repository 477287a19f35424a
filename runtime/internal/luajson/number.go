package luajson

import (
	"encoding/json"
	"maps"
	"math"
	"strconv"
	"weak"

	"github.com/cloudscript/cloudscript/internal/decimal"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A number that a Lua number cannot hold keeps its text: a whole one beyond
// ±luanum.MaxWhole, such as the ids of many services, and one that is out of range. It is
// a userdata that prints, joins, compares and encodes as what it stands for; arithmetic
// takes it as the nearest Lua number. The same text is the same value, so that it is equal
// to itself and finds what is stored under it.

// Number is the value of a number's JSON text: a Lua number if that can hold it, else a
// userdata whose Go value is the text as json.Number.
func (c *Codec) Number(text string) lua.LValue {
	if n, ok := exact(text); ok {
		return n
	}
	if known := c.numbers[text].Value(); known != nil {
		return known
	}
	if c.number == nil {
		c.number = numberMetatable(c.state)
	}
	c.sweep()
	n := &lua.LUserData{Value: json.Number(text), Metatable: c.number}
	c.numbers[text] = weak.Make(n)
	return n
}

// sweep makes room for a number where too many are known that nobody holds any more.
func (c *Codec) sweep() {
	const least = 1024
	switch {
	case c.numbers == nil:
		c.numbers, c.sweepAt = map[string]weak.Pointer[lua.LUserData]{}, least
	case len(c.numbers) >= c.sweepAt:
		maps.DeleteFunc(c.numbers, func(_ string, n weak.Pointer[lua.LUserData]) bool { return n.Value() == nil })
		c.sweepAt = max(least, 2*len(c.numbers))
	}
}

// exact is the Lua number of a text, if that does not change what it stands for more
// than the nearest fraction does.
func exact(text string) (lua.LNumber, bool) {
	const longest = 20 // of an int64, with its sign
	if isWhole(text) {
		if len(text) > longest {
			return 0, false
		}
		n, err := strconv.ParseInt(text, 10, 64)
		return lua.LNumber(n), err == nil && n <= luanum.MaxWhole && n >= -luanum.MaxWhole
	}
	f, err := strconv.ParseFloat(text, 64)
	return lua.LNumber(f), err == nil
}

func isWhole(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// IsNumber reports whether the value is a number that keeps its text, and the text.
func IsNumber(v lua.LValue) (text string, ok bool) {
	if ud, isUserdata := v.(*lua.LUserData); isUserdata {
		n, isNumber := ud.Value.(json.Number)
		return string(n), isNumber
	}
	return "", false
}

// Forget lets go of the numbers of the run that the state worked for.
func (c *Codec) Forget() { c.numbers = nil }

// numberMetatable is what makes a number of a userdata.
func numberMetatable(L *lua.LState) *lua.LTable {
	mt := L.CreateTable(0, 16)
	mt.RawSetString("__metatable", lua.LString("number"))
	for name, f := range map[string]lua.LGFunction{
		"__tostring": func(L *lua.LState) int {
			L.Push(lua.LString(numberText(L, 1)))
			return 1
		},
		"__concat": func(L *lua.LState) int {
			a, b := numberText(L, 1), numberText(L, 2)
			vm.Reserve(L, int64(len(a)+len(b)))
			L.Push(lua.LString(a + b))
			return 1
		},
		"__lt": func(L *lua.LState) int {
			L.Push(lua.LBool(compareNumbers(L) < 0))
			return 1
		},
		"__le": func(L *lua.LState) int {
			L.Push(lua.LBool(compareNumbers(L) <= 0))
			return 1
		},
		"__add": arithmetic(func(a, b float64) float64 { return a + b }),
		"__sub": arithmetic(func(a, b float64) float64 { return a - b }),
		"__mul": arithmetic(func(a, b float64) float64 { return a * b }),
		"__div": arithmetic(func(a, b float64) float64 { return a / b }),
		"__mod": arithmetic(func(a, b float64) float64 { return a - math.Floor(a/b)*b }),
		"__pow": arithmetic(math.Pow),
		"__unm": func(L *lua.LState) int {
			L.Push(lua.LNumber(-operand(L, 1)))
			return 1
		},
	} {
		mt.RawSetString(name, L.NewFunction(f))
	}
	return mt
}

// numberText is an operand that is a number or text.
func numberText(L *lua.LState, n int) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return luanum.Format(float64(v))
	default:
		if text, ok := IsNumber(v); ok {
			return text
		}
		L.RaiseError("attempt to concatenate a %s value", v.Type())
	}
	return ""
}

func arithmetic(do func(a, b float64) float64) lua.LGFunction {
	return func(L *lua.LState) int {
		L.Push(lua.LNumber(do(operand(L, 1), operand(L, 2))))
		return 1
	}
}

// operand is an operand of arithmetic as the nearest Lua number.
func operand(L *lua.LState, n int) float64 {
	if f, ok := luanum.Of(L.Get(n)); ok {
		return f
	}
	if text, ok := IsNumber(L.Get(n)); ok {
		f, _ := strconv.ParseFloat(text, 64) // out of range is ±Inf, as everywhere in Lua
		return f
	}
	L.RaiseError("attempt to perform arithmetic on a %s value", L.Get(n).Type())
	return 0
}

// compareNumbers compares the two operands of a metamethod. Lua compares values of the
// same type only, so neither is a Lua number.
func compareNumbers(L *lua.LState) int {
	a, isNumber := IsNumber(L.Get(1))
	b, alsoNumber := IsNumber(L.Get(2))
	if !isNumber || !alsoNumber {
		L.RaiseError("attempt to compare two userdata values")
	}
	return decimal.Compare(a, b)
}
