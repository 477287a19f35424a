package vm

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// concatFunction is what the compiler calls for `..`. It is a constant of every
// chunk, shared by all states: a Go function without upvalues has no state.
var concatFunction = &lua.LFunction{IsG: true, GFunction: concat, Upvalues: operatorMark}

// concat is `..` of all its arguments, from the right as Lua does, with the
// budget charged before the memory is taken and numbers written as C Lua does.
func concat(L *lua.LState) int {
	n := L.GetTop()
	if n == 2 {
		a, ok1 := L.Get(1).(lua.LString)
		b, ok2 := L.Get(2).(lua.LString)
		if ok1 && ok2 && len(a)+len(b) <= copyChunk {
			Reserve(L, int64(len(a)+len(b)))
			L.Push(a + b)
			return 1
		}
	}
	right := L.Get(n)
	for i := n - 1; i >= 1; {
		if !isText(right) || !isText(L.Get(i)) {
			right = concatMeta(L, i, right)
			i--
			continue
		}
		first := i
		for first > 1 && isText(L.Get(first-1)) {
			first--
		}
		right = join(L, first, i, right)
		i = first - 1
	}
	L.Push(right)
	return 1
}

func isText(v lua.LValue) bool {
	switch v.(type) {
	case lua.LString, lua.LNumber:
		return true
	}
	return false
}

// join is the text of arguments first to last and right. Short texts, which most
// are, are put together on the Go stack.
func join(L *lua.LState, first, last int, right lua.LValue) lua.LValue {
	size := textRoom(right)
	for i := first; i <= last; i++ {
		size += textRoom(L.Get(i))
	}
	Reserve(L, int64(size))
	var short [128]byte
	if size <= len(short) {
		text := short[:0]
		for i := first; i <= last; i++ {
			text = appendText(text, L.Get(i))
		}
		return lua.LString(appendText(text, right))
	}
	var long strings.Builder
	long.Grow(size)
	for i := first; i <= last; i++ {
		writeText(L, &long, L.Get(i))
	}
	writeText(L, &long, right)
	return lua.LString(long.String())
}

// textRoom is what the text of a string or number takes at most.
func textRoom(v lua.LValue) int {
	if s, ok := v.(lua.LString); ok {
		return len(s)
	}
	return luanum.MaxLength
}

func appendText(b []byte, v lua.LValue) []byte {
	if s, ok := v.(lua.LString); ok {
		return append(b, s...)
	}
	return luanum.Append(b, float64(v.(lua.LNumber)))
}

// copyChunk is how many bytes are copied between two looks at the budget: 16 times
// as many take a millisecond where the machine has to find pages for them.
const copyChunk = 64 << 10

func writeText(L *lua.LState, b *strings.Builder, v lua.LValue) {
	s, ok := v.(lua.LString)
	if !ok {
		var number [luanum.MaxLength]byte
		b.Write(appendText(number[:0], v))
		return
	}
	for ; len(s) > copyChunk; s = s[copyChunk:] {
		Charge(L, 1)
		b.WriteString(string(s[:copyChunk]))
	}
	b.WriteString(string(s))
}

// concatMeta is argument i `..` right by their metamethod.
func concatMeta(L *lua.LState, i int, right lua.LValue) lua.LValue {
	left := L.Get(i)
	method := L.GetMetaField(left, "__concat")
	if method == lua.LNil {
		method = L.GetMetaField(right, "__concat")
	}
	if method == lua.LNil {
		culprit, at := left, i
		if isText(left) {
			culprit, at = right, i+1
			if i+1 < L.GetTop() {
				at = 0 // the result of a metamethod, or of operands further right
			}
		}
		raiseOperand(L, "concatenate", culprit, at)
	}
	L.Push(method)
	L.Push(left)
	L.Push(right)
	L.Call(2, 1)
	v := L.Get(-1)
	L.Pop(1)
	return v
}
