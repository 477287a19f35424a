package vm

import (
	"runtime"
	"slices"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestHeldReachesWhatNothingElseDoes(t *testing.T) {
	m := newMachine(t, Options{})
	var during []lua.LValue
	m.Globals().RawSetString("look", m.Main().NewFunction(func(*lua.LState) int {
		m.Held(func(v lua.LValue) {
			during = append(during, v)
			if thread, ok := v.(*lua.LState); ok {
				during = append(during, Stack(thread)...)
			}
		})
		return 0
	}))
	_, err := m.run("held", `
		local below = "a local of a frame below"
		wrapped = coroutine.wrap(function() local inside = "a local of a coroutine" coroutine.yield() return inside end)
		wrapped()
		notBegun = coroutine.create(function() end)
		pcall(function() look() end)
		return below`, CallOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []lua.LValue{m.Globals(), lua.LString("a local of a frame below"), lua.LString("a local of a coroutine")} {
		if !slices.Contains(during, want) {
			t.Errorf("%v is not among what is held", want)
		}
	}
}

func TestThreadsThatAreGoneAreForgotten(t *testing.T) {
	m := newMachine(t, Options{})
	for range 4 {
		if _, err := m.run("errors", `for i = 1, 2000 do pcall(error) end`, CallOptions{}); err != nil {
			t.Fatal(err)
		}
		runtime.GC()
	}
	if n := len(m.threads); n > 5000 {
		t.Errorf("%d of 8000 threads are remembered", n)
	}
}
