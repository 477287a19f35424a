package vm

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestYieldIsRefusedWhereItCannotGoOn yields where gopher-lua would lose what is
// between the coroutine and the yield.
func TestYieldIsRefusedWhereItCannotGoOn(t *testing.T) {
	const across = "attempt to yield across a pcall, metamethod or host function"
	for name, test := range map[string]struct{ body, want string }{
		"plain":       {`coroutine.yield(1)`, ""},
		"deep":        {`local function f(n) if n == 0 then coroutine.yield(1) else f(n - 1) end end f(50)`, ""},
		"tail":        {`local function f() return coroutine.yield(1) end return f()`, ""},
		"__call":      {`setmetatable({}, {__call = function() coroutine.yield(1) end})()`, ""},
		"method":      {`local o = {m = function() coroutine.yield(1) end} o:m()`, ""},
		"sort":        {`table.sort({2, 1}, function(a, b) coroutine.yield(1) return a < b end)`, across},
		"gsub":        {`string.gsub("x", "x", function() coroutine.yield(1) end)`, across},
		"pcall":       {`local ok, m = pcall(coroutine.yield, 1) error(m, 0)`, across},
		"pcall of f":  {`local ok, m = pcall(function() coroutine.yield(1) end) error(m, 0)`, across},
		"__index":     {`return setmetatable({}, {__index = function() coroutine.yield(1) end}).x`, across},
		"__newindex":  {`setmetatable({}, {__newindex = function() coroutine.yield(1) end}).x = 1`, across},
		"__add":       {`return setmetatable({}, {__add = function() coroutine.yield(1) end}) + 1`, across},
		"__concat":    {`return setmetatable({}, {__concat = function() coroutine.yield(1) end}) .. 1`, across},
		"__lt":        {`local m = {__lt = function() coroutine.yield(1) end} return setmetatable({}, m) < setmetatable({}, m)`, across},
		"iterator":    {`for x in function() coroutine.yield(1) end do end`, across},
		"wrapped too": {`for x in coroutine.wrap(function() coroutine.yield(1) end) do return coroutine.yield(1) end`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			src := `local co = coroutine.create(function() ` + test.body + ` end)
local ok, v = coroutine.resume(co)
print(ok, v, coroutine.status(co))
if ok then print(coroutine.resume(co)) end`
			want := "true\t1\tsuspended\ntrue\n"
			out, err := newMachine(t, Options{}).run("y", src, CallOptions{})
			if test.want != "" {
				if err != nil || !strings.Contains(out, test.want) || !strings.HasPrefix(out, "false") || !strings.Contains(out, "dead") {
					t.Errorf("printed %q, %v", out, err)
				}
			} else if out != want || err != nil {
				t.Errorf("printed %q, %v, expected %q", out, err, want)
			}
		})
	}
}

func TestCoroutineOfAnotherThreadIsNotACoroutine(t *testing.T) {
	m := newMachine(t, Options{})
	m.Globals().RawSetString("here", m.Main().NewFunction(func(L *lua.LState) int { L.Push(L); return 1 }))
	out, err := m.run("x", `print(pcall(coroutine.resume, here())) print(pcall(coroutine.status, here()))`, CallOptions{})
	want := "false\tbad argument #1 to 'resume' (coroutine expected, got thread)\nfalse\tbad argument #1 to 'status' (coroutine expected, got thread)\n"
	if out != want || err != nil {
		t.Errorf("printed %q, %v", out, err)
	}
}

// TestIdleThreadsTakeTheNewGlobals leases one state to two runs with globals of
// their own.
func TestIdleThreadsTakeTheNewGlobals(t *testing.T) {
	m := newMachine(t, Options{})
	var envs []*lua.LTable
	look := m.Main().NewFunction(func(L *lua.LState) int { envs = append(envs, L.Env); return 0 })
	for range 2 {
		globals := m.Main().NewTable()
		m.Main().G.Global, m.Main().Env = globals, globals
		if _, err := m.Call(CallOptions{}, look); err != nil {
			t.Fatal(err)
		}
		if envs[len(envs)-1] != globals {
			t.Error("a thread has the globals of an earlier run")
		}
	}
}

func TestIncompleteExpressionHasItsOwnColumn(t *testing.T) {
	_, err := CompileLine("prompt", "f(")
	e, ok := err.(*SyntaxError)
	if !ok || !e.Incomplete || e.Line != 1 || e.Column != 3 {
		t.Errorf("%+v", err)
	}
}
