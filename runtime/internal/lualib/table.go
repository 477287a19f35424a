package lualib

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

func tableFunctions() []Function {
	return []Function{
		{"table.concat", tableConcat},
		{"table.foreach", tableForeach},
		{"table.foreachi", tableForeachi},
		{"table.getn", tableGetn},
		{"table.insert", tableInsert},
		{"table.maxn", tableMaxn},
		{"table.pack", tablePack},
		{"table.remove", tableRemove},
		{"table.sort", tableSort},
		{"table.unpack", tableUnpack},
	}
}

// tableUnpack and tablePack are from Lua 5.2.
func tableUnpack(L *lua.LState) int { return unpack(L, "unpack") }

func tablePack(L *lua.LState) int {
	n := L.GetTop()
	t := L.CreateTable(n, 1)
	for i := 1; i <= n; i++ {
		t.RawSetInt(i, L.Get(i))
	}
	t.RawSetString("n", intValue(n))
	L.Push(t)
	return 1
}

func tableGetn(L *lua.LState) int {
	return pushInt(L, readable(L, tableArgument(L, "getn", 1)).Len())
}

func tableMaxn(L *lua.LState) int {
	in := instanceOf(L)
	t := readable(L, tableArgument(L, "maxn", 1))
	most := lua.LNumber(0)
	key, _ := t.Next(lua.LNil)
	for n := 1; key != lua.LNil; n++ {
		if number, ok := key.(lua.LNumber); ok {
			most = max(most, number)
		}
		if n%scanChunk == 0 {
			in.charge(L, scanChunk, slotsPerUnit)
		}
		key, _ = t.Next(key)
	}
	L.Push(most)
	return 1
}

// tableConcat measures first, so that the memory is reserved once.
func tableConcat(L *lua.LState) int {
	t := readable(L, tableArgument(L, "concat", 1))
	separator := optionalString(L, "concat", 2, "")
	first := optionalInt(L, "concat", 3, 1)
	var last int
	if L.Get(4) == lua.LNil {
		last = t.Len()
	} else {
		last = intArgument(L, "concat", 4)
	}
	in := instanceOf(L)
	out := in.take(L)
	out.grow(measure(L, t, len(separator), first, last))
	for i := first; i <= last; i++ {
		if s, ok := slot(t, i).(lua.LString); ok && len(s) <= bytesPerUnit {
			out.bytes = append(out.bytes, s...) // there is room
		} else {
			out.writeValue(slot(t, i))
		}
		if i == last {
			break // last may be the largest int
		}
		out.writeString(separator)
	}
	return pushString(L, out.finish())
}

// measure is about how long the elements are together. It raises an error for
// one that is neither string nor number, or if they are too long for a string.
func measure(L *lua.LState, t *lua.LTable, separator, first, last int) int {
	in := instanceOf(L)
	size, since := 0, 0
	for i := first; i <= last; i++ {
		v := slot(t, i)
		switch v := v.(type) {
		case lua.LString:
			size += len(v)
		case lua.LNumber:
			size += luanum.MaxLength
		default:
			raise(L, "invalid value (%s) at index %d in table for 'concat'", typeName(v), i)
		}
		if size += separator; size > maxString {
			raise(L, "resulting string too large")
		}
		if since++; since == scanChunk {
			in.charge(L, since, 1)
			since = 0
		}
		if i == last {
			break
		}
	}
	in.charge(L, since, 1)
	return size
}

// tableForeach and tableForeachi are deprecated in Lua 5.1, but part of it.
func tableForeach(L *lua.LState) int {
	t := readable(L, tableArgument(L, "foreach", 1))
	fn := functionArgument(L, "foreach", 2)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		if callEach(L, fn, key, value) {
			return 1
		}
	}
	return 0
}

func tableForeachi(L *lua.LState) int {
	t := readable(L, tableArgument(L, "foreachi", 1))
	fn := functionArgument(L, "foreachi", 2)
	for i, n := 1, t.Len(); i <= n; i++ {
		if callEach(L, fn, intValue(i), slot(t, i)) {
			return 1
		}
	}
	return 0
}

// callEach leaves the function's result on the stack if it is not nil.
func callEach(L *lua.LState, fn *lua.LFunction, key, value lua.LValue) bool {
	L.Push(fn)
	L.Push(key)
	L.Push(value)
	L.Call(2, 1)
	if L.Get(-1) != lua.LNil {
		return true
	}
	L.Pop(1)
	return false
}
