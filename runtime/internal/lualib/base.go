package lualib

import (
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

func baseFunctions() []Function {
	return []Function{
		{"assert", baseAssert},
		{"collectgarbage", baseCollectGarbage},
		{"getmetatable", baseGetMetatable},
		{"ipairs", baseIpairs},
		{"next", baseNext},
		{"pairs", basePairs},
		{"print", basePrint},
		{"rawequal", baseRawEqual},
		{"rawget", baseRawGet},
		{"rawlen", baseRawLen},
		{"rawset", baseRawSet},
		{"select", baseSelect},
		{"setmetatable", baseSetMetatable},
		{"tonumber", baseToNumber},
		{"tostring", baseToString},
		{"type", baseType},
		{"unpack", baseUnpack},
	}
}

// baseAssert raises the message with a position, as Lua 5.1 does. An error value
// that is not text is raised unchanged, so that assert(f()) passes on what a
// verb returned. What follows the message is shown behind it.
func baseAssert(L *lua.LState) int {
	if lua.LVAsBool(anyArgument(L, "assert", 1)) {
		return L.GetTop()
	}
	switch message := L.Get(2).(type) {
	case *lua.LNilType:
		raiseText(L, "assertion failed!"+assertedValues(L))
	case lua.LString, lua.LNumber:
		raiseText(L, stringArgument(L, "assert", 2)+assertedValues(L))
	default:
		L.Error(message, 1)
	}
	return 0
}

// assertedValues are the arguments of assert behind its message, as a message shows them.
func assertedValues(L *lua.LState) string {
	const most, bytes = 8, 100 // of values, and of each
	var b strings.Builder
	for i := 3; i <= L.GetTop(); i++ {
		switch i {
		case 3:
			b.WriteString(": ")
		case 3 + most:
			b.WriteString(", …")
			return b.String()
		default:
			b.WriteString(", ")
		}
		b.WriteString(instanceOf(L).host.Brief(L.Get(i), bytes))
	}
	return b.String()
}

// baseCollectGarbage answers what scripts ask and collects nothing: the Go
// collector is the host's.
func baseCollectGarbage(L *lua.LState) int {
	switch option := optionalString(L, "collectgarbage", 1, "collect"); option {
	case "count":
		return pushNumber(L, float64(instanceOf(L).host.Memory(L))/1024)
	case "step":
		L.Push(lua.LTrue)
		return 1
	case "setpause", "setstepmul":
		return pushInt(L, 200)
	case "collect", "stop", "restart":
		return pushInt(L, 0)
	default:
		argumentError(L, "collectgarbage", 1, "invalid option '"+option+"'")
	}
	return 0
}

func baseType(L *lua.LState) int {
	L.Push(lua.LString(typeName(anyArgument(L, "type", 1))))
	return 1
}

func baseSelect(L *lua.LState) int {
	top := L.GetTop()
	if s, ok := L.Get(1).(lua.LString); ok && len(s) > 0 && s[0] == '#' {
		return pushInt(L, top-1)
	}
	i := intArgument(L, "select", 1)
	switch {
	case i < 0:
		i = top + i
	case i > top:
		i = top
	}
	if i < 1 {
		argumentError(L, "select", 1, "index out of range")
	}
	return top - i
}

func baseToNumber(L *lua.LState) int {
	base := optionalInt(L, "tonumber", 2, 10)
	var n float64
	ok := false
	if base == 10 {
		switch v := anyArgument(L, "tonumber", 1).(type) {
		case lua.LNumber:
			L.Push(v)
			return 1
		case lua.LString:
			n, ok = luanum.Parse(string(v))
		}
	} else {
		s := stringArgument(L, "tonumber", 1)
		if base < 2 || base > 36 {
			argumentError(L, "tonumber", 2, "base out of range")
		}
		n, ok = luanum.ParseInteger(s, base)
	}
	if !ok {
		L.Push(lua.LNil)
		return 1
	}
	return pushNumber(L, n)
}

func baseUnpack(L *lua.LState) int { return unpack(L, "unpack") }

func unpack(L *lua.LState, fn string) int {
	t := readable(L, tableArgument(L, fn, 1))
	first := optionalInt(L, fn, 2, 1)
	last := 0
	if L.Get(3) == lua.LNil {
		last = t.Len()
	} else {
		last = intArgument(L, fn, 3)
	}
	if first > last {
		return 0
	}
	n := last - first + 1
	if n <= 0 || n > maxResults {
		raise(L, "too many results to unpack")
	}
	instanceOf(L).charge(L, n, slotsPerUnit)
	makeRoom(L, n)
	for i := range n {
		L.Push(slot(t, first+i))
	}
	return n
}

// slot is t[i] without metamethods. LTable's RawGetInt looks at the array only.
func slot(t *lua.LTable, i int) lua.LValue {
	if i >= 1 && i < lua.MaxArrayIndex {
		return t.RawGetInt(i)
	}
	return t.RawGetH(lua.LNumber(i))
}

// slotSize is the size of a table's array slot in bytes.
const slotSize = 16

// arrayIndex is the index that a key is stored under in a table's array, 0 for
// other keys.
func arrayIndex(key lua.LValue) int {
	n, ok := key.(lua.LNumber)
	if !ok || n < 1 || n > math.MaxInt32 || n != lua.LNumber(int(n)) {
		return 0
	}
	return int(n)
}
