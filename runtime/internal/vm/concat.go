package vm

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// concatFunction is what the compiler calls for `..`. It is a constant of every
// chunk, shared by all states: a Go function without upvalues has no state.
var concatFunction = &lua.LFunction{IsG: true, GFunction: concat}

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

func text(v lua.LValue) string {
	if n, ok := v.(lua.LNumber); ok {
		return luanum.Format(float64(n))
	}
	return string(v.(lua.LString))
}

// join is the text of arguments first to last and right.
func join(L *lua.LState, first, last int, right lua.LValue) lua.LValue {
	var room [8]string
	parts := room[:0]
	size := 0
	for i := first; i <= last; i++ {
		s := text(L.Get(i))
		parts = append(parts, s)
		size += len(s)
	}
	s := text(right)
	parts = append(parts, s)
	size += len(s)
	Reserve(L, int64(size))
	if size <= copyChunk {
		return lua.LString(strings.Join(parts, ""))
	}
	var b strings.Builder
	b.Grow(size)
	for _, part := range parts {
		for at := 0; at < len(part); at += copyChunk {
			Charge(L, 1)
			b.WriteString(part[at:min(len(part), at+copyChunk)])
		}
	}
	return lua.LString(b.String())
}

// copyChunk is how many bytes are copied between two looks at the budget: fresh
// memory takes a millisecond for them where the machine has to find pages.
const copyChunk = 1 << 20

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
