package runtime

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// watched is a run that a watch knows, with its baton held if it is busy.
func watched(w *memoryWatch, limit int64, busy bool) *run {
	r := &run{limits: Limits{Memory: limit}}
	r.baton.clock = clock.System
	if busy {
		r.baton.take()
	}
	r.base, r.cancel = context.WithCancelCause(context.Background())
	r.ctx = r.base
	r.budget = r.newBudget(0)
	if w.runs == nil {
		w.runs = map[*run]*memoryUse{}
	}
	w.runs[r] = &memoryUse{budgets: map[*vm.Budget]*budgetUse{r.budget: {charged: r.budget.Charged()}}}
	return r
}

func TestGrowthIsPutDownToWhoeverExecutes(t *testing.T) {
	w := &memoryWatch{heap: 1000, base: 1000}
	busy, other, idle := watched(w, 1<<40, true), watched(w, 1<<40, true), watched(w, 1<<40, false)
	use := func(r *run) float64 { return w.runs[r].bytes }
	w.attribute(1600)
	if use(busy) != 300 || use(other) != 300 || use(idle) != 0 {
		t.Errorf("after growth: %v, %v, %v", use(busy), use(other), use(idle))
	}
	other.baton.pass()
	w.attribute(1800)
	if use(busy) != 500 || use(other) != 300 {
		t.Errorf("after the other waits: %v, %v", use(busy), use(other))
	}
	w.attribute(1400) // half of what is above the base is garbage
	if use(busy) != 250 || use(other) != 150 {
		t.Errorf("after a collection: %v, %v", use(busy), use(other))
	}
	busy.baton.pass()
	w.attribute(2400)
	if use(busy) != 250 || w.base != 2000 {
		t.Errorf("growth that is nobody's: %v, base %d", use(busy), w.base)
	}
	w.attribute(500) // less than there was to begin with
	if use(busy) != 0 || w.base != 500 {
		t.Errorf("after everything went: %v, base %d", use(busy), w.base)
	}
}

// A run that is alone ends when the garbage is collected and it still is beyond its
// limit.
func TestARunBeyondItsMemoryIsEnded(t *testing.T) {
	w := &memoryWatch{heap: memoryBytes()}
	r := watched(w, 1, true)
	w.runs[r].bytes = 1 << 60 // more than collections can bring down
	if err := w.inspect(&task{run: r}, 0); !errors.Is(err, &Error{Kind: Limit}) || context.Cause(r.base) != err {
		t.Errorf("it goes on: %v", err)
	}
}

// With others, what the run's own values take decides; the rest is the others'.
func TestARunIsNotEndedForItsNeighbours(t *testing.T) {
	w := &memoryWatch{heap: memoryBytes()}
	small, large, idle := watched(w, 1<<20, true), watched(w, 1<<20, true), watched(w, 1<<20, false)
	rt := newCloud(t)
	for _, r := range []*run{small, large} {
		var err error
		if r.in, err = newInterpreter(rt); err != nil {
			t.Fatal(err)
		}
	}
	large.in.base.RawSetString("x", lua.LString(strings.Repeat("x", 20<<20)))
	w.runs[small].bytes = 1 << 60
	w.runs[large].unmeasured = 1
	if err := w.inspect(&task{run: small}, 0); err != nil {
		t.Errorf("the small one: %v", err)
	}
	if use := w.runs[small].bytes; use > 1<<20 {
		t.Errorf("%v bytes are put down to the small one", use)
	}
	if w.runs[large].bytes < 1<<59 || w.runs[idle].bytes != 0 {
		t.Errorf("%v bytes are put down to the large one, %v to the idle one", w.runs[large].bytes, w.runs[idle].bytes)
	}
	if err := w.inspect(&task{run: large}, 0); !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("the large one: %v", err)
	}
}

// A run that grows beside many that make garbage is ended, and they are not.
func TestOnlyTheOneThatGrowsIsEnded(t *testing.T) {
	var ended atomic.Bool
	rt := newCloud(t, func(c *Config) {
		c.Limits.Memory = 4 << 20
		c.Values = map[string]any{"ended": ended.Load}
	})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			prints(t, rt, `
local own = {}
for i = 1, 1000 do own[i] = {i} end
local i = 0
while not ended() do
  for j = 1, 100 do
    local garbage = {("x"):rep(100) .. i}
    i = i + 1
  end
end
print(#own)`, "1000\n")
		})
	}
	_, err := script(t, rt, `local t = {} for i = 1, 2e6 do t[i] = {} end`)
	ended.Store(true)
	wg.Wait()
	if !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("the one that grows ended with %v", err)
	}
}

// Tables are accounted by nobody: the watch has to see the heap, and hold the run.
func TestTablesAloneEndARun(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Limits.Memory = 8 << 20 })
	_, err := script(t, rt, `local t = {} for i = 1, 1e6 do t[i] = {} end`)
	if !errors.Is(err, &Error{Kind: Limit}) || !strings.Contains(err.Error(), "takes more than its 8MiB of memory") {
		t.Errorf("ended with %v", err)
	}
}

// What is asked for counts before it is allocated.
func TestWhatIsAskedForCounts(t *testing.T) {
	w := &memoryWatch{heap: memoryBytes()}
	r := watched(w, 1<<40, true)
	if err := w.inspect(&task{run: r}, 1<<40); err != nil {
		t.Errorf("the whole limit at once: %v", err)
	}
	w.runs[r].bytes = 1 << 60
	w.base = 0
	if err := w.inspect(&task{run: r}, 1<<40); !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("more than the limit together: %v", err)
	}
}

// A run that waits for a collection ends with its context, at once.
func TestACancelledRunWaitsForNoCollection(t *testing.T) {
	w := &memoryWatch{heap: memoryBytes(), collecting: true} // one that never ends
	r := watched(w, 1, true)
	w.runs[r].bytes = 1 << 60
	r.cancel(errors.New("enough"))
	if err := w.inspect(&task{run: r}, 0); !errors.Is(err, &Error{Kind: Cancelled}) {
		t.Errorf("ended with %v", err)
	}
}

func TestTheWatchEndsWithItsLastRun(t *testing.T) {
	w := &memoryWatch{}
	watch := func(r *run) func() { return w.watch(r, vm.NewBudget(vm.BudgetOptions{}), nil) }
	first, second := &run{limits: Limits{Memory: 1 << 40}}, &run{limits: Limits{Memory: 1 << 40}}
	releaseFirst, releaseSecond, releaseTask := watch(first), watch(second), watch(second)
	ticker := w.ticker
	releaseFirst()
	select {
	case <-ticker.stopped:
		t.Error("stopped although a run is left")
	default:
	}
	releaseSecond()
	if len(w.runs) != 1 {
		t.Error("a run whose background task goes on is not watched")
	}
	releaseTask()
	<-ticker.stopped
	watch(first)()
	if w.ticker == ticker || len(w.runs) != 0 {
		t.Error("a new run has no watch of its own")
	}
}

// Garbage is not held on to: a run may make as much of it as it likes.
func TestGarbageDoesNotCount(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // nobody but the watch collects
	rt := newCloud(t, func(c *Config) { c.Limits.Memory = 2 << 20 })
	prints(t, rt, `
for i = 1, 1000 do
  local t = {}
  for j = 1, 500 do t[j] = {j} end
  local s = ("x"):rep(1000) .. i
end
print("done")`, "done\n")
}
