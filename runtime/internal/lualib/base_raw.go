package lualib

import lua "github.com/yuin/gopher-lua"

// Access without metamethods, and metatables.

func baseRawGet(L *lua.LState) int {
	t := readable(L, tableArgument(L, "rawget", 1))
	L.Push(t.RawGet(anyArgument(L, "rawget", 2)))
	return 1
}

func baseRawSet(L *lua.LState) int {
	t := writable(L, tableArgument(L, "rawset", 1))
	key, value := anyArgument(L, "rawset", 2), anyArgument(L, "rawset", 3)
	if key == lua.LNil {
		raise(L, "table index is nil")
	}
	if n, ok := key.(lua.LNumber); ok && n != n {
		raise(L, "table index is NaN")
	}
	if i := arrayIndex(key); i > 0 {
		instanceOf(L).host.BeforeStore(L, t, i)
	}
	t.RawSet(key, value)
	L.SetTop(1)
	return 1
}

func baseRawEqual(L *lua.LState) int {
	L.Push(lua.LBool(L.RawEqual(anyArgument(L, "rawequal", 1), anyArgument(L, "rawequal", 2))))
	return 1
}

// baseRawLen is from Lua 5.2.
func baseRawLen(L *lua.LState) int {
	switch v := L.Get(1).(type) {
	case lua.LString:
		return pushInt(L, len(v))
	case *lua.LTable:
		return pushInt(L, readable(L, v).Len())
	}
	argumentError(L, "rawlen", 1, "table or string expected")
	return 0
}

func baseGetMetatable(L *lua.LState) int {
	L.Push(L.GetMetatable(anyArgument(L, "getmetatable", 1)))
	return 1
}

// baseSetMetatable changes tables only: the metatables of other types are shared
// by the whole state.
func baseSetMetatable(L *lua.LState) int {
	t := tableArgument(L, "setmetatable", 1)
	meta := L.Get(2)
	_, isTable := meta.(*lua.LTable)
	if L.GetTop() < 2 || !isTable && meta != lua.LNil {
		argumentError(L, "setmetatable", 2, "nil or table expected")
	}
	if old, ok := t.Metatable.(*lua.LTable); ok && old.RawGetString("__metatable") != lua.LNil {
		raise(L, "cannot change a protected metatable")
	}
	t.Metatable = meta
	L.SetTop(1)
	return 1
}
