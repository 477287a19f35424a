package lualib

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/pattern"
)

func stringFind(L *lua.LState) int {
	s, text := stringArgument(L, "find", 1), stringArgument(L, "find", 2)
	init := startIndex(optionalInt(L, "find", 3, 1), len(s))
	in := instanceOf(L)
	m := in.matcher(L, s)
	if lua.LVAsBool(L.Get(4)) {
		return pushFound(L, m, m.FindPlain(text, init), len(text))
	}
	p := in.compile(L, text, pattern.Anchor)
	if plain, ok := p.Plain(); ok {
		return pushFound(L, m, m.FindPlain(plain, init), len(plain))
	}
	start, end := m.find(p, init)
	if start < 0 {
		m.done()
		L.Push(lua.LNil)
		return 1
	}
	pushInt(L, start+1)
	pushInt(L, end)
	n := 2 + m.pushCaptures()
	m.done()
	return n
}

// pushFound returns what find does for a text without captures.
func pushFound(L *lua.LState, m *matcher, at, length int) int {
	m.done()
	if at < 0 {
		L.Push(lua.LNil)
		return 1
	}
	pushInt(L, at+1)
	pushInt(L, at+length)
	return 2
}

func stringMatch(L *lua.LState) int {
	s, text := stringArgument(L, "match", 1), stringArgument(L, "match", 2)
	init := startIndex(optionalInt(L, "match", 3, 1), len(s))
	in := instanceOf(L)
	p := in.compile(L, text, pattern.Anchor)
	m := in.matcher(L, s)
	start, end := m.find(p, init)
	if start < 0 {
		m.done()
		L.Push(lua.LNil)
		return 1
	}
	n := m.pushMatch(start, end)
	m.done()
	return n
}

// stringGmatch returns a Go closure. A match that is empty moves on by one byte.
func stringGmatch(L *lua.LState) int {
	s, text := stringArgument(L, "gmatch", 1), stringArgument(L, "gmatch", 2)
	in := instanceOf(L)
	p := in.compile(L, text, pattern.Literal)
	next := 0
	f := L.NewClosure(func(L *lua.LState) int {
		if next > len(s) {
			return 0
		}
		m := in.matcher(L, s)
		start, end := m.find(p, next)
		if start < 0 {
			m.done()
			next = len(s) + 1
			return 0
		}
		if next = end; end == start {
			next++
		}
		n := m.pushMatch(start, end)
		m.done()
		return n
	}, lua.LString(s)) // an upvalue, where those find it who add up what a script holds on to
	L.Push(f)
	return 1
}

// startIndex turns find's third argument into an index from 0. A start beyond
// the end is the end, as in Lua 5.1.
func startIndex(init, length int) int {
	switch {
	case init > 0:
		init--
	case init < 0:
		init = max(init+length, 0)
	}
	return min(init, length)
}
