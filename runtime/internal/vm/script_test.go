package vm

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// A machine is a state with gopher-lua's own libraries, whose print is kept.
type machine struct {
	*State
	out strings.Builder
}

func newMachine(t testing.TB, opts Options) *machine {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{State: s}
	L := s.Main()
	for _, open := range []lua.LGFunction{lua.OpenBase, lua.OpenTable, lua.OpenString, lua.OpenMath} {
		open(L)
		L.SetTop(0)
	}
	s.OpenBase()
	s.Globals().RawSetString("print", L.NewFunction(func(L *lua.LState) int {
		for i := 1; i <= L.GetTop(); i++ {
			if i > 1 {
				m.out.WriteByte('\t')
			}
			m.out.WriteString(show(L, L.Get(i)))
		}
		m.out.WriteByte('\n')
		return 0
	}))
	s.Globals().RawSetString("tostring", L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LString(show(L, L.CheckAny(1))))
		return 1
	}))
	return m
}

func show(L *lua.LState, v lua.LValue) string {
	if n, ok := v.(lua.LNumber); ok {
		return formatNumber(float64(n))
	}
	return L.ToStringMeta(v).String()
}

// run compiles and runs src and returns what it printed.
func (m *machine) run(name, src string, opts CallOptions) (string, error) {
	m.out.Reset()
	p, err := Compile(name, []byte(src), CompileOptions{})
	if err != nil {
		return "", err
	}
	_, err = m.Call(opts, m.Load(p, nil))
	return m.out.String(), err
}

func TestSlice(t *testing.T) {
	m := newMachine(t, Options{})
	out, err := m.run("a.lua", `
print(pcall(function() local x = nil; return x.y end))
print(pcall(error, {1}))
print(pcall(error, "x"))
print(pcall(function() error("boom", 2) end))
local co = coroutine.wrap(function(...) print(select('#', ...)); print(select('#', coroutine.yield(1,2))); return coroutine.yield() end)
print(co(1,2,3)) print(select('#', co(nil,nil))) print(co(7,8)) print(pcall(co))
local n=0; local function bump() n=n+1 end; bump(); pcall(error,"x"); bump(); print(n)
local function f() local function g() error("deep") end g() end
print(pcall(coroutine.wrap(function() f() end)))
print(xpcall(f, function(e) return "H:" .. e end))
local function r() return 1 + r() end
print(pcall(r))
local function deep(n) return pcall(deep, n+1) end
print(deep(1))
local co2 = coroutine.create(function() local t = setmetatable({}, {__index=function() coroutine.yield(1) end}); return t.x end)
print(coroutine.resume(co2)) print(coroutine.status(co2))
print(pcall(coroutine.yield, 1))
f()
`, CallOptions{})
	t.Log(out)
	t.Log(err)
	for _, f := range err.(*Error).Frames {
		t.Log(f)
	}
}
