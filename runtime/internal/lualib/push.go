package lualib

import (
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// A number or a string becomes an lua.LValue by allocation. These are made once;
// indexes, counts and single characters are most of what the library returns.
var (
	smallNumbers = func() (values [1024]lua.LValue) {
		for i := range values {
			values[i] = lua.LNumber(i)
		}
		return
	}()
	singleBytes = func() (values [256]lua.LValue) {
		for i := range values {
			values[i] = lua.LString([]byte{byte(i)})
		}
		return
	}()
	emptyString lua.LValue = lua.LString("")
)

func intValue(i int) lua.LValue {
	if uint(i) < uint(len(smallNumbers)) {
		return smallNumbers[i]
	}
	return lua.LNumber(i)
}

func numberValue(f float64) lua.LValue {
	if i := int(f); uint(i) < uint(len(smallNumbers)) && float64(i) == f && (i != 0 || !math.Signbit(f)) {
		return smallNumbers[i]
	}
	return lua.LNumber(f)
}

func stringValue(s string) lua.LValue {
	switch len(s) {
	case 0:
		return emptyString
	case 1:
		return singleBytes[s[0]]
	}
	return lua.LString(s)
}

// substring is s[from:to] as a value. A short piece of a long text is copied, so
// that keeping it does not keep the text in memory.
func substring(s string, from, to int) lua.LValue {
	const long, share = 64 << 10, 16
	piece := s[from:to]
	if len(s) > long && len(piece) < len(s)/share {
		piece = strings.Clone(piece)
	}
	return stringValue(piece)
}

func pushInt(L *lua.LState, i int) int {
	L.Push(intValue(i))
	return 1
}

func pushNumber(L *lua.LState, f float64) int {
	L.Push(numberValue(f))
	return 1
}

func pushString(L *lua.LState, s string) int {
	L.Push(stringValue(s))
	return 1
}

// maxResults is how many values one call may return, C Lua's limit.
const maxResults = 8000

// makeRoom grows the stack once for many values. Fewer take one step of growth at
// most, and clearing the room for them would cost as much as pushing them.
func makeRoom(L *lua.LState, n int) {
	const step = 512
	if n <= step {
		return
	}
	top := L.GetTop()
	L.SetTop(top + n)
	L.SetTop(top)
}
