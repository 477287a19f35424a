package lualib

import (
	"math"

	lua "github.com/yuin/gopher-lua"
)

func mathFunctions() []Function {
	functions := []Function{
		{"math.fmod", mathFmod},
		{"math.frexp", mathFrexp},
		{"math.ldexp", mathLdexp},
		{"math.log", mathLog},
		{"math.max", mathMax},
		{"math.min", mathMin},
		{"math.mod", mathFmod},
		{"math.modf", mathModf},
		{"math.random", mathRandom},
		{"math.randomseed", mathRandomSeed},
	}
	for _, f := range []struct {
		name string
		fn   func(float64) float64
	}{
		{"abs", math.Abs},
		{"acos", math.Acos},
		{"asin", math.Asin},
		{"atan", math.Atan},
		{"ceil", math.Ceil},
		{"cos", math.Cos},
		{"cosh", math.Cosh},
		{"deg", func(x float64) float64 { return x / (math.Pi / 180) }},
		{"exp", math.Exp},
		{"floor", math.Floor},
		{"log10", math.Log10},
		{"rad", func(x float64) float64 { return x * (math.Pi / 180) }},
		{"sin", math.Sin},
		{"sinh", math.Sinh},
		{"sqrt", math.Sqrt},
		{"tan", math.Tan},
		{"tanh", math.Tanh},
	} {
		functions = append(functions, Function{"math." + f.name, ofOneNumber(f.name, f.fn)})
	}
	for _, f := range []struct {
		name string
		fn   func(a, b float64) float64
	}{
		{"atan2", math.Atan2},
		{"pow", math.Pow},
	} {
		functions = append(functions, Function{"math." + f.name, ofTwoNumbers(f.name, f.fn)})
	}
	return functions
}

func mathConstants() map[string]lua.LValue {
	return map[string]lua.LValue{"huge": lua.LNumber(math.Inf(1)), "pi": lua.LNumber(math.Pi)}
}

func ofOneNumber(name string, fn func(float64) float64) lua.LGFunction {
	return func(L *lua.LState) int { return pushNumber(L, fn(numberArgument(L, name, 1))) }
}

func ofTwoNumbers(name string, fn func(a, b float64) float64) lua.LGFunction {
	return func(L *lua.LState) int {
		a := numberArgument(L, name, 1)
		return pushNumber(L, fn(a, numberArgument(L, name, 2)))
	}
}

func mathFmod(L *lua.LState) int {
	a := numberArgument(L, "fmod", 1)
	return pushNumber(L, math.Mod(a, numberArgument(L, "fmod", 2)))
}

func mathFrexp(L *lua.LState) int {
	fraction, exponent := math.Frexp(numberArgument(L, "frexp", 1))
	pushNumber(L, fraction)
	pushInt(L, exponent)
	return 2
}

func mathLdexp(L *lua.LState) int {
	fraction := numberArgument(L, "ldexp", 1)
	return pushNumber(L, math.Ldexp(fraction, intArgument(L, "ldexp", 2)))
}

// mathLog takes the base as an optional second argument, as in Lua 5.2.
func mathLog(L *lua.LState) int {
	x := numberArgument(L, "log", 1)
	if L.Get(2) == lua.LNil {
		return pushNumber(L, math.Log(x))
	}
	switch base := numberArgument(L, "log", 2); base {
	case 2:
		return pushNumber(L, math.Log2(x))
	case 10:
		return pushNumber(L, math.Log10(x))
	default:
		return pushNumber(L, math.Log(x)/math.Log(base))
	}
}

func mathMax(L *lua.LState) int {
	most := numberArgument(L, "max", 1)
	for i, n := 2, L.GetTop(); i <= n; i++ {
		if v := numberArgument(L, "max", i); v > most {
			most = v
		}
	}
	return pushNumber(L, most)
}

func mathMin(L *lua.LState) int {
	least := numberArgument(L, "min", 1)
	for i, n := 2, L.GetTop(); i <= n; i++ {
		if v := numberArgument(L, "min", i); v < least {
			least = v
		}
	}
	return pushNumber(L, least)
}

func mathModf(L *lua.LState) int {
	x := numberArgument(L, "modf", 1)
	whole := math.Trunc(x)
	fraction := x - whole
	if math.IsInf(x, 0) {
		fraction = math.Copysign(0, x)
	}
	pushNumber(L, whole)
	pushNumber(L, fraction)
	return 2
}
