package vm

import (
	"errors"
	"strings"
	"sync"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestBudgetCountsSteps(t *testing.T) {
	for _, steps := range []int64{1, 2, 1000, window - 1, window, window + 1, 3 * window} {
		b := NewBudget(BudgetOptions{Steps: steps})
		var n int64
		for b.charge(1) {
			if n++; n > steps {
				break
			}
		}
		if n != steps-1 && n != steps {
			t.Errorf("a budget of %d steps allowed %d", steps, n)
		}
		if b.Cause() != ErrSteps || b.Remaining() != 0 {
			t.Errorf("cause %v, remaining %d", b.Cause(), b.Remaining())
		}
	}
	b := NewBudget(BudgetOptions{})
	if !b.charge(window*5) || b.Steps() != window*5 || b.Remaining() != -1 {
		t.Errorf("without a limit: %d steps, remaining %d", b.Steps(), b.Remaining())
	}
	b = NewBudget(BudgetOptions{Steps: 100})
	b.charge(30)
	if b.Steps() != 30 || b.Remaining() != 70 {
		t.Errorf("%d steps, remaining %d", b.Steps(), b.Remaining())
	}
	if b.charge(1_000_000_000) || b.Cause() != ErrSteps {
		t.Error("a large charge passed")
	}
}

// What stands around the place where a run ended does not hide it.
func TestARunsEndKeepsItsPlace(t *testing.T) {
	_, err := newMachine(t, Options{}).run("x", `local function loop()
  while true do end
end
local co = coroutine.wrap(function() pcall(loop) end)
xpcall(function() co() end, print)`, CallOptions{Budget: NewBudget(BudgetOptions{Steps: 1000})})
	want := `the script ran too many instructions
  x:2: in the function of line 1
  [host]: in function 'pcall'
  x:4: in the function of line 4
  (coroutine)
  [host]: in function 'co'
  x:5: in the function of line 5
  [host]: in function 'xpcall'
  x:5: in the main chunk
`
	if got := rendered(err); got != want {
		t.Errorf("ended with\n%s\nwant\n%s", got, want)
	}
}

func TestFirstCauseWins(t *testing.T) {
	b := NewBudget(BudgetOptions{})
	first, second := errors.New("first"), errors.New("second")
	b.Stop(first)
	b.Stop(second)
	if b.Cause() != first || b.charge(1) {
		t.Errorf("cause %v", b.Cause())
	}
}

func TestReserve(t *testing.T) {
	b := NewBudget(BudgetOptions{MaxAlloc: 1000})
	if !b.reserve(1000) || b.reserve(1001) {
		t.Error("MaxAlloc is not the limit")
	}
	var alloc *AllocError
	if !errors.As(b.Cause(), &alloc) || alloc.Bytes != 1001 || alloc.Limit != 1000 {
		t.Errorf("cause %v", b.Cause())
	}
	var asked []int64
	full := errors.New("full")
	b = NewBudget(BudgetOptions{ReserveStep: 100, Inspect: func(n int64) error {
		if asked = append(asked, n); len(asked) == 3 {
			return full
		}
		return nil
	}})
	n := 0
	for b.reserve(60) {
		n++
	}
	if n != 5 || len(asked) != 3 || asked[0] != 60 || b.Cause() != full {
		t.Errorf("asked for %v after %d, cause %v", asked, n, b.Cause())
	}
}

func TestInterruptHasTheBudgetInspectedOnce(t *testing.T) {
	inspected, full := 0, errors.New("full")
	var answer error
	b := NewBudget(BudgetOptions{Inspect: func(asked int64) error {
		if inspected++; asked != 0 {
			t.Errorf("%d bytes were asked for", asked)
		}
		return answer
	}})
	for range 3 {
		b.Interrupt()
	}
	for range 2 {
		if !b.charge(1) || inspected != 1 {
			t.Errorf("inspected %d times, cause %v", inspected, b.Cause())
		}
	}
	answer = full
	b.Interrupt()
	for range 2 {
		if b.charge(1) || inspected != 2 || b.Cause() != full {
			t.Errorf("inspected %d times, cause %v", inspected, b.Cause())
		}
	}
	stopped := errors.New("stopped")
	b = NewBudget(BudgetOptions{Inspect: func(int64) error { t.Error("a stopped run is inspected"); return nil }})
	b.Stop(stopped)
	b.Interrupt()
	if b.charge(1) || b.Cause() != stopped {
		t.Errorf("cause %v", b.Cause())
	}
}

// endless are scripts that never end by themselves and try to survive.
var endless = map[string]string{
	"loop":           `while true do end`,
	"goto":           `::a:: goto a`,
	"repeat":         `repeat until false`,
	"pcall":          `while true do pcall(function() while true do end end) end`,
	"xpcall":         `while true do xpcall(function() while true do end end, function() while true do end end) end`,
	"pcall pcall":    `while true do pcall(pcall, pcall, function() while true do end end) end`,
	"coroutine":      `coroutine.wrap(function() while true do end end)()`,
	"resume":         `while true do coroutine.resume(coroutine.create(function() while true do end end)) end`,
	"yield":          `local f = coroutine.wrap(function() while true do coroutine.yield() end end) while true do f() end`,
	"metamethod":     `local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do pcall(function() return t[1] end) end`,
	"iterator":       `for _ in function() return 1 end do end`,
	"sort":           `while true do pcall(table.sort, {3, 2, 1}, function(a, b) while true do end end) end`,
	"gsub":           `while true do pcall(string.gsub, "abc", ".", function() while true do end end) end`,
	"tostring":       `while true do pcall(tostring, setmetatable({}, {__tostring = function() while true do end end})) end`,
	"nested pcall":   `local function f(n) pcall(f, n + 1) while true do end end f(1)`,
	"recursion":      `local function f() pcall(f) return f() + 1 end while true do pcall(f) end`,
	"error handlers": `local function f() error(setmetatable({}, {__tostring = f})) end while true do xpcall(f, f) end`,
	"load":           `while true do loadstring("while true do pcall(error) end")() end`,
	"load reader":    `load(function() while true do end end)`,
	"compile":        `local s = "x = 1 " for i = 1, 16 do s = s .. s end while true do loadstring(s) end`,
	"concat":         `local s = "x" while true do local t = s .. s .. s end`,
}

func TestStepsEndEverything(t *testing.T) {
	for name, src := range endless {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, Options{})
			_, err := m.run("endless", src, CallOptions{Budget: NewBudget(BudgetOptions{Steps: 60_000})})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, ErrSteps) || e.Value != nil {
				t.Errorf("ended with %v", err)
			}
			if out, err := m.run("after", `print("fine")`, CallOptions{}); out != "fine\n" || err != nil {
				t.Errorf("the state is spoilt: %q, %v", out, err)
			}
		})
	}
}

// TestStopEndsEverything stops each script from another goroutine, at a moment
// when it certainly runs.
func TestStopEndsEverything(t *testing.T) {
	stop := errors.New("stopped by the host")
	for name, src := range endless {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, Options{})
			running := make(chan struct{})
			m.Globals().RawSetString("running", m.Main().NewFunction(func(*lua.LState) int { close(running); return 0 }))
			b := NewBudget(BudgetOptions{})
			go func() {
				<-running
				b.Stop(stop)
			}()
			if _, err := m.run("endless", "running() "+src, CallOptions{Budget: b}); !errors.Is(err, stop) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// The first instructions of a coroutine run before errors pass the hook.
func TestEveryStepOfStartingACoroutineCanBeTheLast(t *testing.T) {
	for steps := range int64(3 * threadSteps) {
		m := newMachine(t, Options{})
		_, err := m.run("last", `coroutine.wrap(function() while true do end end)()`, CallOptions{Budget: NewBudget(BudgetOptions{Steps: 1 + steps})})
		if !errors.Is(err, ErrSteps) {
			t.Errorf("after %d steps it ended with %v", 1+steps, err)
		}
		if out, err := m.run("after", `print("fine")`, CallOptions{}); out != "fine\n" || err != nil {
			t.Errorf("after %d steps the state is spoilt: %q, %v", 1+steps, out, err)
		}
	}
}

func TestGrowingStringsEnd(t *testing.T) {
	for name, src := range map[string]string{
		"double":     `local s = "x" while true do s = s .. s end`,
		"row":        `local s = "x" while true do s = s .. s .. s .. 1 .. s end`,
		"in pcall":   `local s = "x" while true do pcall(function() s = s .. s end) end`,
		"metamethod": `local t = setmetatable({}, {__concat = function() return "x" end}) local s = "x" while true do s = s .. s .. (t .. "") end`,
	} {
		_, err := newMachine(t, Options{}).run(name, src, CallOptions{Budget: NewBudget(BudgetOptions{MaxAlloc: 1 << 20})})
		var alloc *AllocError
		if !errors.As(err, &alloc) || alloc.Bytes > 8<<20 {
			t.Errorf("%s ended with %v", name, err)
		}
	}
}

func TestCoroutinesAndArgumentsAreReserved(t *testing.T) {
	for name, src := range map[string]string{
		"coroutines": `local keep = {} for i = 1, 1e6 do keep[i] = coroutine.create(function() end) end`,
		"varargs":    `local t = {} for i = 1, 5000 do t[i] = i end local function f(...) return pcall(f, ...) end while true do f(unpack(t)) end`,
	} {
		full := errors.New("full")
		inspected := 0
		b := NewBudget(BudgetOptions{ReserveStep: 1 << 16, Inspect: func(int64) error {
			if inspected++; inspected > 64 { // after at least 4 MB
				return full
			}
			return nil
		}})
		if _, err := newMachine(t, Options{}).run(name, src, CallOptions{Budget: b}); !errors.Is(err, full) {
			t.Errorf("%s ended with %v", name, err)
		}
	}
}

// What takes longer than an instruction counts as more than one step.
func TestProtectedCallsAndCoroutinesAreCharged(t *testing.T) {
	steps := func(body string) int64 {
		b := NewBudget(BudgetOptions{})
		src := `local pcall, xpcall, error, create, f = pcall, xpcall, error, coroutine.create, function() end for i = 1, 100 do ` + body + ` end`
		if _, err := newMachine(t, Options{}).run("x", src, CallOptions{Budget: b}); err != nil {
			t.Fatal(err)
		}
		return b.Steps() / 100
	}
	call := steps(`f()`)
	for _, test := range []struct {
		body string
		more int64 // steps than a plain call takes, at least
	}{
		{`pcall(f)`, protectSteps},
		{`xpcall(f, f)`, protectSteps},
		{`pcall(error)`, protectSteps + caughtSteps + threadSize>>6},
		{`xpcall(error, f)`, 2*protectSteps + caughtSteps + threadSize>>6},
		{`create(f)`, threadSteps + threadSize>>6},
	} {
		if got := steps(test.body); got < call+test.more-2 || got > call+test.more+10 {
			t.Errorf("%s takes %d steps, a call takes %d", test.body, got, call)
		}
	}
}

func TestAllowLetsCleanUpRunAfterTheEnd(t *testing.T) {
	m := newMachine(t, Options{})
	b := NewBudget(BudgetOptions{Steps: 1000})
	if _, err := m.run("x", `while true do end`, CallOptions{Budget: b}); !errors.Is(err, ErrSteps) {
		t.Fatal(err)
	}
	used := b.Steps()
	b.Allow(10_000, func() {
		if out, err := m.run("clean", `for i = 1, 100 do end print("cleaned")`, CallOptions{Budget: b}); err != nil || out != "cleaned\n" {
			t.Errorf("clean-up: %q, %v", out, err)
		}
	})
	b.Allow(1000, func() {
		if _, err := m.run("clean", `while true do pcall(error) end`, CallOptions{Budget: b}); !errors.Is(err, ErrSteps) {
			t.Errorf("endless clean-up ended with %v", err)
		}
	})
	if b.Cause() != ErrSteps || b.Steps() != used {
		t.Errorf("afterwards the cause is %v after %d steps, before %d", b.Cause(), b.Steps(), used)
	}
	if _, err := m.run("x", `print(1)`, CallOptions{Budget: b}); !errors.Is(err, ErrSteps) {
		t.Errorf("after the clean-up a script ran: %v", err)
	}
	fresh := NewBudget(BudgetOptions{})
	fresh.Allow(100, func() {
		if _, err := m.run("x", `while true do end`, CallOptions{Budget: fresh}); !errors.Is(err, ErrSteps) {
			t.Errorf("ended with %v", err)
		}
	})
	if fresh.Cause() != nil {
		t.Errorf("a budget that was not stopped is stopped by an allowance: %v", fresh.Cause())
	}
}

func TestFatalIsNotCaught(t *testing.T) {
	exit := errors.New("exit 3")
	m := newMachine(t, Options{})
	m.Globals().RawSetString("exit", m.Main().NewFunction(func(L *lua.LState) int { Fatal(L, exit); return 0 }))
	out, err := m.run("x", `
		print(pcall(function() coroutine.wrap(function() pcall(exit) print("no") end)() end))
		print("no")`, CallOptions{})
	if !errors.Is(err, exit) || out != "" {
		t.Errorf("%q, %v", out, err)
	}
}

// TestStatesShareProgramsAndRunAtOnce is for the race detector.
func TestStatesShareProgramsAndRunAtOnce(t *testing.T) {
	p, err := Compile("shared", []byte(readFile(t, "testdata/corpus/coroutines.lua")), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := readFile(t, "testdata/corpus/coroutines.out")
	var wg sync.WaitGroup
	for range 8 {
		m := newMachine(t, Options{})
		wg.Go(func() {
			for range 3 {
				m.out.Reset()
				if _, err := m.Call(CallOptions{Budget: NewBudget(BudgetOptions{Steps: 1e7})}, m.Load(p, nil)); err != nil {
					t.Error(err)
				}
				if got := m.out.String(); got != want {
					t.Errorf("differs: %s", strings.TrimSpace(got))
				}
			}
		})
	}
	wg.Wait()
}
