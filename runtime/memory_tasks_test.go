package runtime

import (
	"errors"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// Tasks take most of their memory on the stacks of their goroutines. When the run ends,
// those that have not begun leave nothing behind, and those that have just go.
func TestTasksCountAgainstMemory(t *testing.T) {
	if raceDetector {
		t.Skip("goroutines take more under the detector")
	}
	const limit = 16 << 20
	for name, source := range map[string]string{
		"that wait for their turn": `while true do try.spawn(function() end) end`,
		"that wait":                `while true do try.spawn(function() try.sleep("1h") end) try.sleep(0) end`,
		"on deep stacks": `local function deep(n) if n == 0 then try.sleep("1h") end pcall(deep, n - 1) end
while true do try.spawn(function() deep(50) end) try.sleep(0) end`,
		"of one another": `local function go() try.spawn(go) try.spawn(go) try.sleep("1h") end go()`,
		"in parallels":   `local function go() try.each({1, 2, 3, 4}, go) end go()`,
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t, func(c *Config) { c.Clock, c.Limits.Memory = nil, limit })
			var err error
			staysWithin(t, limit+64<<20, func() { _, err = script(t, rt, source) })
			if !errors.Is(err, &Error{Kind: Limit}) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// Many tasks that are asked for at once are refused before one of them is made.
func TestMoreTasksThanFitAreRefused(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Limits.Memory = 16 << 20 })
	_, err := script(t, rt, `local items = {}
for i = 1, 10000 do items[i] = i end
try.each(items, function() begun = true end, {limit = 10000})`)
	var e *Error
	if !errors.As(err, &e) || e.Kind != Limit || e.Message != "the script asked for 120000KiB of memory at once; the run may have 16MiB" {
		t.Errorf("ended with %v", err)
	}
}

// A run that finds the watch late looks itself.
func TestARunLooksWhereTheWatchIsLate(t *testing.T) {
	w := &memoryWatch{heap: memoryBytes()}
	r := watched(w, 1, true)
	inspected := 0
	r.budget = vm.NewBudget(vm.BudgetOptions{Window: w.lookIfLate, Inspect: func(int64) error { inspected++; return nil }})
	w.runs[r].budgets = map[*vm.Budget]*budgetUse{r.budget: {}}
	w.runs[r].bytes = 1 << 60
	in, err := newInterpreter(newCloud(t))
	if err != nil {
		t.Fatal(err)
	}
	p, err := vm.Compile("test.lua", []byte("for i = 1, 1e5 do end"), vm.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.state.Call(vm.CallOptions{Budget: r.budget}, in.state.Load(p, nil)); err != nil {
		t.Fatal(err)
	}
	if inspected == 0 {
		t.Error("nobody has looked")
	}
}

// Once clean-up functions have used up what they may, the others are not begun: thousands
// that fail at once would take more than any limit.
func TestCleanupEndsWithItsAllowance(t *testing.T) {
	const limit = 16 << 20
	rt := newCloud(t, func(c *Config) { c.Limits.Memory = limit })
	var e *Error
	staysWithin(t, limit+cleanupMemory+32<<20, func() { e = fails(t, rt, `while true do try.cleanup(function() end) end`) })
	if e.Kind != Limit {
		t.Errorf("ended with %v", e)
	}
}
