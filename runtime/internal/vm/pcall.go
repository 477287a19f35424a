package vm

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// pcall(f, ...) runs f on a thread of its own. gopher-lua's own pcall closes the
// captured locals of every live frame when it catches an error; an error on
// another thread cannot reach them.
func pcall(L *lua.LState) int {
	checkCount(L, 1, "pcall")
	t := Of(L)
	results, r := t.protect(L, 1, L.GetTop()-1)
	if r == nil {
		return results
	}
	L.SetTop(0)
	L.Push(lua.LFalse)
	L.Push(r.value)
	return 2
}

// xpcall(f, handler, ...) calls handler with the error after the stack is
// unwound; Traceback still tells where it was raised.
func xpcall(L *lua.LState) int {
	checkCount(L, 2, "xpcall")
	t := Of(L)
	handler := L.Get(2)
	L.Remove(2)
	results, r := t.protect(L, 1, L.GetTop()-1)
	if r == nil {
		return results
	}
	t.handled = r
	defer func() { t.handled = nil }()
	L.SetTop(0)
	L.Push(handler)
	L.Push(r.value)
	if _, failed := t.protect(L, 1, 1); failed != nil {
		L.SetTop(0)
		L.Push(lua.LFalse)
		L.Push(lua.LString("error in error handling"))
		return 2
	}
	// protect pushed true and the handler's results
	n := L.GetTop()
	value := lua.LNil
	if n > 3 {
		value = L.Get(4)
	}
	L.SetTop(0)
	L.Push(lua.LFalse)
	L.Push(value)
	return 2
}

// What a protected call takes beside what it runs, in steps of some 20 ns: next to
// nothing, and 5 µs for an error that is caught, which leaves a thread to the garbage
// collector.
const (
	protectSteps = 4
	caughtSteps  = 120
)

// protect calls the function at index at of L with the nargs values above it.
// Without an error it pushes true and the results and returns their number. The
// end of a run is not caught.
func (t *Thread) protect(L *lua.LState, at, nargs int) (int, *raised) {
	if r := t.tooDeep(0); r != nil {
		if msg, ok := r.value.(lua.LString); ok {
			r.value = lua.LString(where(t, 1)) + msg
		} else {
			t.rethrow(r)
		}
		return 0, r
	}
	Charge(L, protectSteps)
	reserveValues(L, nargs)
	th := t.start(pcallThread)
	for i := range nargs + 1 {
		th.L.Push(L.Get(at + i))
	}
	if r := th.run(nargs); r != nil {
		r.catcher = t
		if t.Budget.Cause() != nil {
			t.rethrow(r)
		}
		Reserve(L, threadSize) // th is dropped, and the next call needs a new one
		Charge(L, caughtSteps)
		return 0, r
	}
	n := th.L.GetTop()
	reserveValues(L, n)
	L.Push(lua.LTrue)
	for i := 1; i <= n; i++ {
		L.Push(th.L.Get(i))
	}
	th.L.SetTop(0)
	t.state.release(th)
	return n + 1, nil
}

// reserveValues accounts for n values that are copied to another stack, when
// they are many.
func reserveValues(L *lua.LState, n int) {
	if n > 100 {
		Reserve(L, int64(n)*16)
	}
}

// raiseError is error(value, level). Level 1, the default, is where error was
// called, level 2 the caller of that function, 0 adds no position.
func raiseError(L *lua.LState) int {
	value := L.Get(1)
	level := 1
	if n, ok := L.Get(2).(lua.LNumber); ok {
		level = int(n)
	}
	if level > 0 {
		switch v := value.(type) {
		case lua.LString:
			Reserve(L, int64(len(v)))
			value = lua.LString(where(Of(L), level)) + v
		case lua.LNumber:
			value = lua.LString(where(Of(L), level) + luanum.Format(float64(v)))
		}
	}
	L.Error(value, 0)
	return 0
}
