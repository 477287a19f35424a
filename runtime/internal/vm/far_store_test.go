package vm

import (
	"errors"
	"runtime"
	"testing"
)

// A store far behind a table's end is accounted before it is made, however it comes to it.
func TestFarStoresAreAccounted(t *testing.T) {
	for name, store := range map[string]string{
		"a constant":           `local t = {} t[1000000] = 1`,
		"a variable":           `local t, k = {}, 1000000 t[k] = 1`,
		"behind the end":       `local t = {} for i = 1, 10000 do t[i] = i end t[#t + 900000] = 1`,
		"a global":             `t = {} t[1000000] = 1`,
		"a constructor":        `local t = {[1000000] = 1}`,
		"through a metatable":  `local t = setmetatable({}, {__newindex = setmetatable({}, {__newindex = {}})}) t[1000000] = 1`,
		"another metatable":    `local t = setmetatable({}, {__index = {}}) t[1000000] = 1`,
		"in a coroutine":       `coroutine.wrap(function() local t = {} t[1000000] = 1 end)()`,
		"rawset":               `rawset({}, 1000000, 1)`,
		"several":              `local a, b = {}, {} a[1000000], b[1000000] = 1, 2`,
		"in a table's table":   `local t = {{}} t[1][1000000] = 1`,
		"by a captured local":  `local t = {} local function f() t[1000000] = 1 end f()`,
		"in a function's loop": `local function f(t) for i = 1000000, 1000000 do t[i] = 1 end end f({})`,
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, Options{})
			var e *AllocError
			_, err := m.run("far", store, CallOptions{Budget: NewBudget(BudgetOptions{MaxAlloc: 8 << 20})})
			if !errors.As(err, &e) || e.Bytes < 14_400_000 || e.Bytes > 17_000_000 {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// What is stored far behind the end is where it should be, and nothing else is.
func TestFarStoresStore(t *testing.T) {
	m := newMachine(t, Options{})
	printed, err := m.run("far", `
local t = {1, 2, 3}
t[100000] = "far"
t[100002] = "farther"
local to = {}
local proxy = setmetatable({}, {__newindex = to})
proxy[50000] = "there"
local called
setmetatable(proxy, {__newindex = function(_, k) called = k end})
proxy[60000] = 1
t[5000.5] = "a fraction" t[-5000] = "below" t["5000"] = "text" t[2 ^ 40] = "large"
print(t[1], t[3], t[4], t[100000], t[100001], t[100002], rawget(proxy, 50000), to[50000], called, t[5000.5], t[-5000], t["5000"], t[2 ^ 40])`,
		CallOptions{Budget: NewBudget(BudgetOptions{MaxAlloc: 8 << 20})})
	want := "1\t3\tnil\tfar\tnil\tfarther\tnil\tthere\t60000\ta fraction\tbelow\ttext\tlarge\n"
	if err != nil || printed != want {
		t.Errorf("%q, %v, want %q", printed, err, want)
	}
	_, err = m.run("far", `local t = nil t[100000] = 1`, CallOptions{})
	if err == nil {
		t.Error("nil was stored into")
	}
}

// A far store allocates the array, and not five times as much on the way to it.
func TestFarStoresLeaveNothingBehind(t *testing.T) {
	m := newMachine(t, Options{})
	run := func(source string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := m.run("far", source, CallOptions{}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for _, source := range []string{`local t = {} t[1000000] = 1`, `rawset({}, 1000000, 1)`} {
		if bytes := run(source); bytes > 18_000_000 {
			t.Errorf("%s allocated %d bytes", source, bytes)
		}
	}
}

// Loops that fill tables are not slowed by accounts: they have nothing to account.
func TestNearStoresAreNotAccounted(t *testing.T) {
	m := newMachine(t, Options{})
	reserved := 0
	_, err := m.run("near", `local t = {} for i = 1, 200000 do t[i] = i end for i = 1, 200000, 3 do t[i] = nil end for i = 1, 200000 do t[i] = i end`,
		CallOptions{Budget: NewBudget(BudgetOptions{MaxAlloc: 1, Inspect: func(int64) error { reserved++; return nil }})})
	if err != nil || reserved != 0 {
		t.Errorf("%v, accounted %d times", err, reserved)
	}
}
