package lualib

import lua "github.com/yuin/gopher-lua"

// The functions that pairs and ipairs return.
var (
	nextFunction   = &lua.LFunction{IsG: true, GFunction: baseNext}
	ipairsFunction = &lua.LFunction{IsG: true, GFunction: ipairsNext}
)

// baseNext visits the array part in order, then the other keys in the order of
// their first insertion, the same in every run.
func baseNext(L *lua.LState) int {
	key, value := readable(L, tableArgument(L, "next", 1)).Next(L.Get(2))
	L.Push(key)
	if key == lua.LNil {
		return 1
	}
	L.Push(value)
	return 2
}

// basePairs honours __pairs, as Lua 5.2 does.
func basePairs(L *lua.LState) int {
	v := L.Get(1)
	if pairs := L.GetMetaField(v, "__pairs"); pairs != lua.LNil {
		L.Push(pairs)
		L.Push(v)
		L.Call(1, 3)
		return 3
	}
	t := tableArgument(L, "pairs", 1)
	L.Push(nextFunction)
	L.Push(t)
	L.Push(lua.LNil)
	return 3
}

func baseIpairs(L *lua.LState) int {
	t := tableArgument(L, "ipairs", 1)
	L.Push(ipairsFunction)
	L.Push(t)
	L.Push(smallNumbers[0])
	return 3
}

func ipairsNext(L *lua.LState) int {
	t := readable(L, tableArgument(L, "ipairs", 1))
	i := intArgument(L, "ipairs", 2) + 1
	value := slot(t, i)
	if value == lua.LNil {
		L.Push(lua.LNil)
		return 1
	}
	pushInt(L, i)
	L.Push(value)
	return 2
}
