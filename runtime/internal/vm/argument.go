package vm

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// fail raises a message with the position of the Lua code that called the
// function which runs in L.
func fail(L *lua.LState, format string, args ...any) {
	L.Error(lua.LString(where(Of(L), 1)+fmt.Sprintf(format, args...)), 0)
}

// badArgument raises C Lua's error for argument n of the function name that runs
// in L.
func badArgument(L *lua.LState, n int, name, problem string) {
	fail(L, "bad argument #%d to '%s' (%s)", n, name, problem)
}

// given is the type of argument n as an error names it.
func given(L *lua.LState, n int) string {
	if n > L.GetTop() {
		return "no value"
	}
	return L.Get(n).Type().String()
}

// checkCount wants at least n arguments.
func checkCount(L *lua.LState, n int, name string) {
	if L.GetTop() < n {
		badArgument(L, n, name, "value expected")
	}
}

func checkFunction(L *lua.LState, n int, name string) *lua.LFunction {
	fn, ok := L.Get(n).(*lua.LFunction)
	if !ok {
		badArgument(L, n, name, "function expected, got "+given(L, n))
	}
	return fn
}

func checkString(L *lua.LState, n int, name string) string {
	switch v := L.Get(n).(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return luanum.Format(float64(v))
	}
	badArgument(L, n, name, "string expected, got "+given(L, n))
	return ""
}

// checkCoroutine is the coroutine at index n of L.
func checkCoroutine(L *lua.LState, n int, name string) *Thread {
	if th, ok := L.Get(n).(*lua.LState); ok {
		if co := Of(th); co != nil && co.kind == coroutineThread {
			return co
		}
	}
	badArgument(L, n, name, "coroutine expected, got "+given(L, n))
	return nil
}
