package vm

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// deepestOf runs a script that prints how deep it gets, with a budget of 100.
func deepestOf(t *testing.T, m *machine, src string) (deepest int, err error) {
	t.Helper()
	out, err := m.run("x", "local deepest = 0 local function at(n) if n > deepest then deepest = n print(n) end end "+src,
		CallOptions{Budget: NewBudget(BudgetOptions{Depth: 100, Steps: 1e6})})
	lines := strings.Fields(out)
	if len(lines) > 0 {
		_, _ = fmt.Sscan(lines[len(lines)-1], &deepest)
	}
	return deepest, err
}

func TestABudgetsDepthEndsTheRun(t *testing.T) {
	for name, test := range map[string]struct {
		src           string
		atLeast, most int // calls of the function
	}{
		"calls":          {`local function f(n) at(n) return 1 + f(n + 1) end f(1)`, 98, 106},
		"caught":         {`local function f(n) at(n) return 1 + f(n + 1) end while true do pcall(f, 1) end`, 96, 106},
		"pcalls":         {`local function f(n) at(n) return pcall(f, n + 1) end while true do f(1) end`, 48, 53},
		"xpcall":         {`local function f(n) at(n) return 1 + f(n + 1) end while true do xpcall(f, function() f(1) end, 1) end`, 96, 106},
		"coroutines":     {`local function f(n) at(n) return 1 + coroutine.wrap(f)(n + 1) end f(1)`, 31, 36},
		"in a coroutine": {`local function f(n) at(n) return 1 + f(n + 1) end while true do coroutine.resume(coroutine.create(f), 1) end`, 95, 106},
		"resumed":        {`local function f(n) at(n) return coroutine.resume(coroutine.create(f), n + 1) end while true do f(1) end`, 31, 36},
		"metamethods":    {`local t = setmetatable({}, {__index = function(t, n) at(n) return t[n + 1] end}) return t[1]`, 98, 106},
		"deep, and resumed by who is deep": {`
local function down(n, f) at(n) if n == 0 then return f() end return 1 + down(n - 1, f) end
local co = coroutine.wrap(function() down(60, coroutine.yield) end)
co()
down(60, co) at(1000)`, 60, 60},
	} {
		t.Run(name, func(t *testing.T) {
			deepest, err := deepestOf(t, newMachine(t, Options{}), test.src)
			if !errors.Is(err, ErrDepth) || deepest < test.atLeast || deepest > test.most {
				t.Errorf("%d deep, %v", deepest, err)
			}
		})
	}
}

// What Limits.Recursion says: which calls count how much, and how far beyond the limit
// they may go.
func TestABudgetsDepthIsThatOfFrames(t *testing.T) {
	for name, test := range map[string]struct {
		src   string
		level int // frames that each call of f adds
	}{
		"calls":       {`local function f() look() return 1 + f() end f()`, 1},
		"pcalls":      {`local function f() look() pcall(f) end f()`, 2},
		"callbacks":   {`local function f() look(); ("x"):gsub("x", f) end f()`, 2},
		"coroutines":  {`local function f() look() coroutine.wrap(f)() end f()`, 3},
		"metamethods": {`local t = setmetatable({}, {__index = function(t) look() return t.x end}) return t.x`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, Options{})
			deepest := 0
			m.Globals().RawSetString("look", m.Main().NewFunction(func(L *lua.LState) int {
				deepest = max(deepest, Depth(L)+1) // and this function
				return 0
			}))
			for limit := 8; limit < 40; limit++ {
				deepest = 0
				_, err := m.run("x", test.src, CallOptions{Budget: NewBudget(BudgetOptions{Depth: limit})})
				if !errors.Is(err, ErrDepth) || deepest <= limit-test.level-1 || deepest > limit+7 {
					t.Errorf("limit %d: %d deep, %v", limit, deepest, err)
				}
			}
			if tail, err := m.run("x", `local function f(n) if n > 0 then return f(n - 1) end end f(1000)`, CallOptions{Budget: NewBudget(BudgetOptions{Depth: 8})}); err != nil {
				t.Errorf("tail calls: %s, %v", tail, err)
			}
		})
	}
}

func TestABudgetsDepthLetsThroughWhatItAllows(t *testing.T) {
	m := newMachine(t, Options{})
	_, err := deepestOf(t, m, `
local function f(n) at(n) if n < 80 then return 1 + f(n + 1) end return 0 end
for i = 1, 3 do f(1) pcall(f, 1) coroutine.wrap(f)(1) end
local co = coroutine.wrap(function() while true do f(1) coroutine.yield() end end)
for i = 1, 3 do co() end`)
	if err != nil {
		t.Error(err)
	}
	// The next run on the same threads is bounded by the state alone.
	if _, err := m.run("x", `local function f(n) return n == 0 and 0 or 1 + f(n - 1) end f(1900)`, CallOptions{}); err != nil {
		t.Error(err)
	}
	if len(m.idle) == 0 {
		t.Error("no thread was used again")
	}
}

func TestTheStatesDepthCanBeCaughtWithinABudgets(t *testing.T) {
	out, err := newMachine(t, Options{CallDepth: 80}).run("x", `local function f() return 1 + f() end print(pcall(f))`,
		CallOptions{Budget: NewBudget(BudgetOptions{Depth: 1000})})
	if want := "false\tx:1: stack overflow\n"; out != want || err != nil {
		t.Errorf("printed %q, %v", out, err)
	}
}
