package stdlib

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	goruntime "runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A taskProgram writes random programs of tasks inside tasks, protected calls,
// coroutines, retries and clean-up functions.
type taskProgram struct {
	*rand.Rand
	strings.Builder
	names int
}

func (p *taskProgram) block(depth int) {
	for range 1 + p.IntN(3) {
		p.statement(depth)
	}
}

// function writes a function that is an expression.
func (p *taskProgram) function(depth int) {
	p.WriteString("function()\n")
	p.block(depth - 1)
	p.WriteString("end")
}

func (p *taskProgram) wrap(before string, depth int, after string) {
	p.WriteString(before)
	p.function(depth)
	p.WriteString(after + "\n")
}

func (p *taskProgram) statement(depth int) {
	n := p.IntN(16)
	if depth <= 0 {
		n %= 6
	}
	switch n {
	case 0, 1, 2:
		fmt.Fprintf(p, "time.sleep(%d)\n", p.IntN(4))
	case 3:
		fmt.Fprintf(p, "host.stubborn(%d)\n", p.IntN(3))
	case 4:
		p.WriteString("task.checkpoint() seen = seen + 1\n")
	case 5:
		if p.IntN(3) == 0 {
			p.WriteString("if true then error({kind = 'unavailable'}) end\n")
		}
	case 6, 7:
		p.wrap("pcall(", depth, ")")
	case 8, 9:
		p.names++
		name := fmt.Sprint("t", p.names)
		p.wrap("local "+name+" = task.spawn(", depth, ")")
		p.WriteString([]string{"", "", "pcall(task.join, " + name + ")\n", name + ":join()\n", "task.cancel(" + name + ")\n"}[p.IntN(5)])
	case 10:
		p.wrap("parallel.each({1, 2, 3, 4}, ", depth, fmt.Sprintf(", {limit = %d, on_error = %q})", 1+p.IntN(4), []string{"stop", "collect"}[p.IntN(2)]))
	case 11:
		p.wrap("parallel.race({", depth, ",")
		p.wrap("", depth, "})")
	case 12:
		p.wrap("retry(", depth, ", {times = 3, on = {'unavailable'}})")
	case 13:
		p.wrap("cleanup(", depth, ")")
	case 14:
		p.wrap("coroutine.wrap(", depth, ")()")
	case 15:
		p.wrap("xpcall(", depth, ", function(e) time.sleep(1) return e end)")
	}
}

// taskHost counts the calls that are under way and cancels the run at one of them.
type taskHost struct {
	calls, active atomic.Int64
	cancelAt      int64
	cancel        context.CancelFunc
}

// watch takes its place in the door, to see every call.
func (h *taskHost) watch(next runtime.Handler) runtime.Handler {
	return func(ctx context.Context, c *runtime.Call) (any, error) {
		h.active.Add(1)
		defer h.active.Add(-1)
		if h.calls.Add(1) == h.cancelAt {
			h.cancel()
		}
		return next(ctx, c)
	}
}

// runTasks runs a program and says how it ended.
func runTasks(t *testing.T, clock runtime.Clock, source string, cancelAt int64, limits runtime.Limits) (ended string, calls int64) {
	t.Helper()
	stubborn := runtime.Verb{Name: "host.stubborn", Params: []runtime.Param{{Name: "duration", Type: runtime.Duration, Required: true}},
		Func: func(_ context.Context, c *runtime.Call) (any, error) { // does not look at its context
			return nil, c.Clock().Sleep(context.Background(), c.Duration("duration"))
		}}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Clock: clock, Limits: limits,
		Modules: append(Modules(Config{}), runtime.Module{Name: "host", Verbs: []runtime.Verb{stubborn}})})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("tasks.lua", []byte(source))
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	h := &taskHost{cancelAt: cancelAt, cancel: cancel}
	var out bytes.Buffer
	_, err = rt.Run(ctx, p, runtime.RunOptions{ID: "run", Stdout: &out, Plan: h.watch})
	if n := h.active.Load(); n != 0 {
		t.Errorf("%d calls outlive the run that ended with %v:\n%s", n, err, source)
	}
	ended = out.String()
	if err != nil {
		ended += rendered(err)
	}
	return ended, h.calls.Load()
}

func randomTasks(seed uint64) string {
	p := &taskProgram{Rand: rand.New(rand.NewPCG(seed, 0))}
	p.WriteString("local seen = 0\ncleanup(function() print(seen, time.monotonic()) end)\n")
	p.block(4)
	return p.String()
}

// However tasks are put together, and wherever their run is cancelled or runs out
// of something, it ends, with nothing left, and the same way each time.
func TestRandomTasksEnd(t *testing.T) {
	programs := uint64(100)
	if testing.Short() {
		programs = 50
	}
	before := goruntime.NumGoroutine()
	for seed := range programs {
		source := randomTasks(seed)
		serial := func(cancelAt int64, limits runtime.Limits) (string, int64) {
			return runTasks(t, runtime.NewSerialClock(epoch), source, cancelAt, limits)
		}
		first, calls := serial(0, runtime.Limits{})
		if again, _ := serial(0, runtime.Limits{}); again != first {
			t.Errorf("seed %d ended first with\n%s\nthen with\n%s\n%s", seed, first, again, source)
		}
		at := 1 + int64(seed)%max(calls, 1)
		serial(at, runtime.Limits{})
		serial(0, runtime.Limits{Calls: at})
		serial(0, runtime.Limits{Time: time.Duration(at) * time.Second, Tasks: 5})
		runTasks(t, runtime.NewVirtualClock(epoch), source, 0, runtime.Limits{})
		runTasks(t, runtime.NewVirtualClock(epoch), source, at, runtime.Limits{})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	for deadline := time.Now().Add(time.Minute); goruntime.NumGoroutine() > before; goruntime.Gosched() {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines before, %d after:\n%s", before, goruntime.NumGoroutine(), buf[:goruntime.Stack(buf, true)])
		}
	}
}

// The error of a task that nobody joined ends the run, unless the run has an
// error of its own.
func TestNoErrorOfATaskIsLost(t *testing.T) {
	for source, want := range map[string]string{
		`task.spawn(function() error("lost") end)`:                                                                  "lost",
		`task.spawn(function() time.sleep(5) error("lost") end) time.sleep(1)`:                                      "lost",
		`pcall(function() task.spawn(function() error("lost") end) end)`:                                            "lost",
		`task.spawn(function() task.spawn(function() time.sleep(1) error("lost") end) end)`:                         "lost",
		`parallel.each({1}, function() task.spawn(function() error("lost") end) end)`:                               "lost",
		`local ok, e = pcall(parallel.each, {1}, function() task.spawn(function() error("lost") end) end) error(e)`: "lost",
		`retry(function() task.spawn(function() error("lost") end) end)`:                                            "lost",
		`cleanup(function() task.spawn(function() error("lost") end) end)`:                                          "lost",
		`coroutine.wrap(function() task.spawn(function() error("lost") end) end)()`:                                 "lost",
		`task.spawn(function() error("lost") end) error("own")`:                                                     "own",
	} {
		if _, err := run(t, source); err == nil || !strings.Contains(rendered(err), want) {
			t.Errorf("%s\nended with %v, want %q", source, err, want)
		}
	}
	var e *runtime.Error
	if _, err := run(t, `task.cancel(task.spawn(function() time.sleep(1) end))`); errors.As(err, &e) {
		t.Errorf("a cancelled task ended the run with %v", err)
	}
}
