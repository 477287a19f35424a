package vm

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	lua "github.com/yuin/gopher-lua"
)

// golden compares text with a recorded file; VM_UPDATE=1 records it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("VM_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readFile(t, file), got); diff != "" {
		t.Errorf("%s changed (-recorded +now):\n%s", file, diff)
	}
}

func TestErrorsNameTheVariable(t *testing.T) {
	src := readFile(t, "testdata/errors/names.lua")
	out, err := newMachine(t, Options{}).run("names.lua", src, CallOptions{})
	if err != nil {
		t.Error(err)
	}
	golden(t, "testdata/errors/names.out", out)
}

// rendered is an error with its stack.
func rendered(err error) string {
	var b strings.Builder
	fmt.Fprintln(&b, err)
	var e *Error
	if errors.As(err, &e) {
		for _, f := range e.Frames {
			fmt.Fprintln(&b, "  "+f.String())
		}
	}
	return b.String()
}

func TestStackThroughPcallCoroutineAndHost(t *testing.T) {
	_, err := newMachine(t, Options{}).run("stack.lua", readFile(t, "testdata/errors/stack.lua"), CallOptions{})
	golden(t, "testdata/errors/stack.out", rendered(err))
}

func TestDeepStackIsShortened(t *testing.T) {
	_, err := newMachine(t, Options{}).run("deep.lua", "local function f(n)\n  return 1 + f(n + 1)\nend\nf(1)", CallOptions{})
	golden(t, "testdata/errors/deep.out", rendered(err))
}

func TestErrorValues(t *testing.T) {
	goError := errors.New("the Go error")
	m := newMachine(t, Options{})
	m.Globals().RawSetString("fail", m.Main().NewFunction(func(L *lua.LState) int {
		L.Error(&lua.LUserData{Value: goError, Metatable: lua.LNil}, 1)
		return 0
	}))
	for _, test := range []struct{ src, message string }{
		{`error("text")`, "x:1: text"},
		{`error("text", 0)`, "text"},
		{`error(12)`, "x:1: 12"},
		{`error({message = "of a table"})`, "of a table"},
		{`error({})`, "(error object is a table value)"},
		{`error(nil)`, "(error object is a nil value)"},
		{`error(true)`, "(error object is a boolean value)"},
		{`fail()`, "the Go error"},
	} {
		_, err := m.run("x", test.src, CallOptions{})
		var e *Error
		if !errors.As(err, &e) || e.Message != test.message || e.Value == nil {
			t.Errorf("%s: %v, expected %q", test.src, err, test.message)
		}
	}
	if _, err := m.run("x", `local ok, e = pcall(fail) error(e)`, CallOptions{}); !errors.Is(err, goError) {
		t.Errorf("%v does not wrap the Go error", err)
	}
}

func TestGoPanicEndsTheRunAndSpoilsTheState(t *testing.T) {
	for name, call := range map[string]string{
		"direct":    `pcall(bang) print("survived")`,
		"coroutine": `coroutine.resume(coroutine.create(bang)) print("survived")`,
		"wrap":      `pcall(coroutine.wrap(function() bang() end)) print("survived")`,
	} {
		m := newMachine(t, Options{})
		m.Globals().RawSetString("bang", m.Main().NewFunction(func(*lua.LState) int { panic("kaboom") }))
		out, err := m.run("x", call, CallOptions{})
		var p *PanicError
		if !errors.As(err, &p) || out != "" || len(p.Stack) == 0 || !strings.Contains(fmt.Sprint(p.Value), "kaboom") {
			t.Errorf("%s: %q, %v", name, out, err)
		}
		if strings.Contains(err.Error(), "goroutine") {
			t.Errorf("%s: the message shows the Go stack: %v", name, err)
		}
		if !m.Broken() {
			t.Errorf("%s: the state is not broken", name)
		}
		if _, err := m.run("x", `print(1)`, CallOptions{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: a broken state answers %v", name, err)
		}
	}
}

func TestCallFromAHostFunction(t *testing.T) {
	m := newMachine(t, Options{})
	var seen error
	m.Register(m.Globals(), map[string]lua.LGFunction{
		"try": func(L *lua.LState) int {
			results, err := Of(L).Call(L.Get(1), lua.LNumber(7))
			seen = err
			L.Push(lua.LNumber(len(results)))
			return 1
		},
		"must": func(L *lua.LState) int {
			if _, err := Of(L).Call(L.Get(1)); err != nil {
				Of(L).Rethrow(fmt.Errorf("wrapped: %w", err))
			}
			return 0
		},
		"plain": func(L *lua.LState) int { Of(L).Rethrow(errors.New("a Go error")); return 0 },
	})
	out, err := m.run("x", `
local n = 1
local function inc() n = n + 1 end
print(try(function(v) inc() return v, nil end), n)
print(try(function() inc() error("caught by the host") end), n)
inc() print(n)
print(pcall(must, function() error({tag = "T"}) end))
print(pcall(plain))
local function deep(k) must(function() deep(k + 1) end) end
print(pcall(deep, 1))
must(function()
  error("kept")
end)`, CallOptions{})
	if got, want := strings.ReplaceAll(out, "\t", " "), `2 2
0 3
4
false table: 0x00000001
false a Go error
false stack overflow (too many pcalls or coroutines inside one another)
`; got != want {
		t.Errorf("printed %s, expected %s", got, want)
	}
	if seen == nil || seen.Error() != "x:5: caught by the host" {
		t.Errorf("the host saw %v", seen)
	}
	golden(t, "testdata/errors/host.out", rendered(err))
}

func TestParentLimitsDepth(t *testing.T) {
	m := newMachine(t, Options{})
	m.Globals().RawSetString("again", m.Main().NewFunction(func(L *lua.LState) int {
		if _, err := m.Call(CallOptions{Budget: Of(L).Budget, Parent: Of(L)}, L.Get(1), L.Get(1)); err != nil {
			Of(L).Rethrow(err)
		}
		return 0
	}))
	_, err := m.run("x", `local function f(g) again(g) end f(f)`, CallOptions{})
	if err == nil || !strings.Contains(err.Error(), "stack overflow") {
		t.Errorf("ended with %v", err)
	}
}

func TestTracebackInAHandlerShowsTheErrorsPlace(t *testing.T) {
	m := newMachine(t, Options{})
	m.Globals().RawSetString("traceback", m.Main().NewFunction(func(L *lua.LState) int {
		var lines []string
		for _, f := range Traceback(L) {
			lines = append(lines, f.String())
		}
		L.Push(lua.LString(strings.Join(lines, "\n")))
		return 1
	}))
	out, err := m.run("x", `local function bad()
  error("here")
end
local function here() return (traceback()) end
print(select(2, xpcall(bad, function(e) return e .. "\n" .. traceback() end)))
print(here())
coroutine.wrap(function() print(here()) end)()`, CallOptions{})
	if err != nil {
		t.Error(err)
	}
	golden(t, "testdata/errors/traceback.out", out)
}

func TestWhere(t *testing.T) {
	m := newMachine(t, Options{})
	m.Globals().RawSetString("where", m.Main().NewFunction(func(L *lua.LState) int {
		L.Push(lua.LString(where(Of(L), L.CheckInt(1))))
		return 1
	}))
	out, _ := m.run("w", `print(where(0), where(1), where(2))
local function f(n)
  local w = where(n)
  return w
end
print(f(1), f(2), f(3))
local _, p, q = pcall(function() return f(2), f(4) end) print(p, q)
local function tail(n) return f(n) end
print(tail(1), tail(2), tail(3))
print(coroutine.wrap(function() local w = f(9) return w == "" end)())`, CallOptions{})
	want := "\tw:1: \t\nw:3: \tw:6: \t\nw:7: \tw:7: \nw:3: \t\tw:9: \ntrue\n"
	if out != want {
		t.Errorf("got %q, expected %q", out, want)
	}
	if Traceback(m.Main()) != nil || Of(m.Main()) != nil {
		t.Error("the main state runs nothing, but has a stack")
	}
}

// The position before the message makes another text.
func TestRaisingALongTextCountsWhatItTakes(t *testing.T) {
	for _, raise := range []string{`pcall(error, s)`, `pcall(assert, false, s)`} {
		_, err := newMachine(t, Options{}).run("x", `local s = ("x"):rep(1e6) for i = 1, 200 do `+raise+` end`,
			CallOptions{Budget: NewBudget(BudgetOptions{Steps: 1e6})})
		if !errors.Is(err, ErrSteps) {
			t.Errorf("%s: ended with %v", raise, err)
		}
	}
}
