package vm

import (
	"reflect"
	"slices"
	"strconv"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

var nilValue = lua.LNil

func itoa(n int) string { return strconv.Itoa(n) }

func TestLayoutIsTheRealOne(t *testing.T) {
	if err := setUp(); err != nil {
		t.Fatal(err)
	}
	m := newMachine(t, Options{})
	m.Globals().RawSetString("look", m.Main().NewFunction(func(L *lua.LState) int {
		f := topFrame(L)
		if !f.Fn.IsG || f.Idx != 1 || f.NArgs != 2 || f.Parent == nil || f.Parent.Fn.IsG || f.Parent.Idx != 0 || f.Parent.Pc == 0 {
			t.Errorf("frame %+v of %+v", f, f.Parent)
		}
		return 0
	}))
	if _, err := m.run("x", `look(1, 2)`, CallOptions{}); err != nil {
		t.Error(err)
	}
	if topFrame(m.Main()) != nil {
		t.Error("the main state has a frame")
	}
	if mt := stringMetatable(m.Main()); mt == nil || mt.RawGetString("__add") == lua.LNil || mt.RawGetString("__index") == lua.LNil {
		t.Error("the metatable of strings has lost its fields")
	}
}

func TestRegisterSorts(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	table := s.Main().NewTable()
	noop := func(*lua.LState) int { return 0 }
	s.Register(table, map[string]lua.LGFunction{"c": noop, "a": noop, "d": noop, "b": noop})
	var names []string
	for k, _ := table.Next(lua.LNil); k != lua.LNil; k, _ = table.Next(k) {
		names = append(names, k.String())
	}
	if !slices.Equal(names, []string{"a", "b", "c", "d"}) {
		t.Errorf("the functions are in the order %v", names)
	}
}

func TestCallReturnsResults(t *testing.T) {
	m := newMachine(t, Options{})
	p, _ := Compile("x", []byte(`return function(...) return select("#", ...), ... end, nil, "s"`), CompileOptions{})
	results, err := m.Call(CallOptions{}, m.Load(p, nil))
	if err != nil || len(results) != 3 || results[1] != lua.LNil || results[2] != lua.LString("s") {
		t.Fatalf("%v, %v", results, err)
	}
	results, err = m.Call(CallOptions{}, results[0], lua.LNumber(1), lua.LNil)
	if err != nil || !reflect.DeepEqual(results, []lua.LValue{lua.LNumber(2), lua.LNumber(1), lua.LNil}) {
		t.Errorf("%v, %v", results, err)
	}
	if _, err := m.Call(CallOptions{}, lua.LTrue); err == nil || err.Error() != "attempt to call a boolean value" {
		t.Errorf("calling true: %v", err)
	}
}

func TestThreadsAreReusedAndInherit(t *testing.T) {
	m := newMachine(t, Options{})
	type task struct{ name string }
	host := &task{"main"}
	b := NewBudget(BudgetOptions{})
	checks := 0
	m.Globals().RawSetString("check", m.Main().NewFunction(func(L *lua.LState) int {
		th := Of(L)
		if th.Host != host || th.Budget != b || th.State() != m.State || th.Err() != nil {
			t.Errorf("thread %+v", th)
		}
		if _, ok := th.Deadline(); ok || th.Value("x") != nil {
			t.Error("a thread has a deadline or values")
		}
		checks++
		return 0
	}))
	src := `check() pcall(check) pcall(pcall, check) coroutine.wrap(check)() coroutine.wrap(function() pcall(check) end)()`
	if _, err := m.run("x", src, CallOptions{Budget: b, Host: host}); err != nil || checks != 5 {
		t.Errorf("%d checks, %v", checks, err)
	}
	idle := len(m.idle)
	for range 10 {
		if _, err := m.run("x", src, CallOptions{Budget: b, Host: host}); err != nil {
			t.Error(err)
		}
	}
	if len(m.idle) != idle {
		t.Errorf("%d idle threads, then %d", idle, len(m.idle))
	}
	for _, th := range m.idle {
		if th.Budget != nil || th.Host != nil || th.parent != nil || th.L.GetTop() != 0 {
			t.Errorf("an idle thread remembers %+v", th)
		}
	}
}

func TestThreadsWithLargeStacksAreDropped(t *testing.T) {
	m := newMachine(t, Options{})
	src := `local function f(n) return n == 0 and 0 or 1 + f(n - 1) end return f(1900)`
	if _, err := m.run("x", src, CallOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(m.idle) != 0 {
		t.Errorf("a thread with room for %d values is kept", stackSize(m.idle[0].L))
	}
	if _, err := m.run("x", `return 1`, CallOptions{}); err != nil || len(m.idle) != 1 {
		t.Errorf("%d idle threads, %v", len(m.idle), err)
	}
}

func TestOptionsLimitDepth(t *testing.T) {
	src := `local function f(n) local ok, m = pcall(function() return f(n + 1) + 1 end) return ok and m or n end print(f(1))
local n = 0 local function g() n = n + 1 return 1 + g() end pcall(g) print(n)
local function h(...) return h(1, ...) end print(pcall(h)) print(coroutine.resume(coroutine.create(h))) print(coroutine.resume(coroutine.create(g)))`
	out, err := newMachine(t, Options{Nesting: 20, CallDepth: 80, StackSlots: 5000}).run("x", src, CallOptions{})
	if want := "41\n80\nfalse\tx:3: stack overflow\nfalse\tstack overflow\nfalse\tx:2: stack overflow\n"; out != want || err != nil {
		t.Errorf("printed %q, %v, expected %q", out, err, want)
	}
}
