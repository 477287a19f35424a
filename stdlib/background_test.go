package stdlib

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A worker has a session whose tasks go on behind its evaluations.
type worker struct {
	*runtime.Session
	t    *testing.T
	gate chan struct{} // gate.wait waits until it is closed

	changing chan struct{} // gate.change is under way

	mu    sync.Mutex
	out   bytes.Buffer
	ended chan runtime.BackgroundTask
}

func newWorker(t *testing.T, change ...func(*runtime.RunOptions)) *worker {
	t.Helper()
	w := &worker{t: t, gate: make(chan struct{}), changing: make(chan struct{}, 1), ended: make(chan runtime.BackgroundTask, 10)}
	gate := runtime.Module{Name: "gate", Verbs: []runtime.Verb{
		{Name: "gate.wait", Doc: "Waits.", Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return nil, c.Clock().Wait(ctx, w.gate)
		}},
		{Name: "gate.change", Doc: "Waits.", Effect: runtime.Create, Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			w.changing <- struct{}{}
			return nil, c.Clock().Wait(ctx, w.gate)
		}},
	}}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: append(Modules(Config{}), gate)})
	if err != nil {
		t.Fatal(err)
	}
	options := runtime.RunOptions{Stdout: w, Background: true, OnTask: func(b runtime.BackgroundTask) { w.ended <- b }}
	for _, f := range change {
		f(&options)
	}
	w.Session, err = rt.NewSession(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func (w *worker) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

// eval evaluates a line and returns its first value, or its error, as text.
func (w *worker) eval(line string) (text string) {
	w.Do(func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		values, err := w.Eval(ctx, "prompt", line)
		switch {
		case err != nil:
			text = err.Error()
		case len(values) > 0:
			text = fmt.Sprint(values[0].Go())
		}
	})
	return text
}

func (w *worker) tasks() (tasks []runtime.BackgroundTask) {
	w.Do(func() { tasks = w.BackgroundTasks() })
	return tasks
}

func TestATaskOutlivesItsEvaluation(t *testing.T) {
	w := newWorker(t)
	w.eval(`t = task.spawn(function() gate.wait() print("late") return 7 end)`)
	if got := w.eval(`1 + 1`); got != "2" {
		t.Fatalf("beside the task: %s", got)
	}
	w.eval("\nother = task.spawn(function() gate.wait() end)")
	tasks := w.tasks()
	if len(tasks) != 2 || tasks[0].ID == tasks[1].ID || !tasks[0].Ended.IsZero() || tasks[1].Spawned.Line != 2 {
		t.Fatalf("tasks %+v", tasks)
	}
	close(w.gate)
	if got := w.eval(`t:join()`); got != "7" || w.out.String() != "late\n" {
		t.Errorf("joined: %s; printed %q", got, w.out.String())
	}
	if got := w.eval(`t:join()`); got != "7" {
		t.Errorf("joined again: %s", got)
	}
	for range 2 {
		if b := <-w.ended; b.Err != nil || b.Ended.IsZero() || b.Awaited && b.ID != tasks[0].ID {
			t.Errorf("ended: %+v", b)
		}
	}
}

func TestATaskThatFailsInTheBackgroundIsToldOf(t *testing.T) {
	w := newWorker(t)
	w.eval(`t = task.spawn(function() gate.wait() error("bad luck", 0) end)`)
	close(w.gate)
	if b := <-w.ended; b.Err == nil || b.Err.Message != "bad luck" || b.Awaited {
		t.Errorf("told %+v", b)
	}
	if got := w.eval(`t:join()`); !strings.Contains(got, "bad luck") {
		t.Errorf("joined: %s", got)
	}
	if got := w.eval(`3`); got != "3" {
		t.Errorf("the session: %s", got)
	}
}

func TestACancelledBackgroundTaskSaysWhatItMayHaveDone(t *testing.T) {
	w := newWorker(t)
	w.eval(`t = task.spawn(function() pcall(gate.change) print("caught") end)`)
	<-w.changing
	w.eval(`t:cancel()`)
	b := <-w.ended
	if b.Err == nil || b.Err.Kind != runtime.Cancelled || !strings.Contains(b.Err.Hint, "gate.change was under way") || !b.Awaited {
		t.Errorf("told %+v", b)
	}
	if got := w.eval(`error("own", 0)`); strings.Contains(got, "gate.change") || w.out.Len() != 0 {
		t.Errorf("another evaluation: %s, printed %q", got, w.out.String())
	}
}

// The limits are a background task's as well, also while nothing is evaluated.
func TestABackgroundTaskHasLimits(t *testing.T) {
	w := newWorker(t, func(o *runtime.RunOptions) { o.Limits = runtime.Limits{Recursion: 100, Memory: 64 << 20} })
	w.eval(`task.spawn(function()
  gate.wait()
  memory = limits.remaining().memory
  local function deep() return 1 + deep() end
  pcall(deep)
end)`)
	close(w.gate)
	if b := <-w.ended; b.Err == nil || b.Err.Kind != runtime.Limit || !strings.Contains(b.Err.Message, "nest more than 100 deep") {
		t.Errorf("ended: %+v", b)
	}
	if got := w.eval(`memory > 1024 * 1024 and memory <= 64 * 1024 * 1024`); got != "true" {
		t.Errorf("memory left: %s", got)
	}
}

// Its steps are its own, and so are those that are left.
func TestABackgroundTaskHasItsOwnSteps(t *testing.T) {
	w := newWorker(t, func(o *runtime.RunOptions) { o.Limits = runtime.Limits{Steps: 1_000_000} })
	w.eval(`for i = 1, 2e5 do end task.spawn(function() gate.wait() left = limits.remaining().steps end)`)
	close(w.gate)
	if b := <-w.ended; b.Err != nil {
		t.Errorf("ended: %+v", b)
	}
	if got := w.eval(`left > 990000 and left < 1000000`); got != "true" {
		t.Errorf("%s: %s steps were left", got, w.eval(`left`))
	}
}

// Neither a limit nor an exit of a background task ends the evaluation beside it.
func TestABackgroundTaskEndsAlone(t *testing.T) {
	w := newWorker(t)
	w.eval(`t = task.spawn(function() gate.wait() exit(3) end)`)
	go close(w.gate)
	if got := w.eval(`gate.wait() return "went on"`); got != "went on" {
		t.Errorf("beside it: %s", got)
	}
	if b := <-w.ended; b.Err == nil || b.Err.Kind != runtime.Exit {
		t.Errorf("told %+v", b)
	}
	if got := w.eval(`parallel.race({function() time.sleep("1h") end, function() end})`); got != "2" {
		t.Errorf("a race afterwards: %s", got)
	}
	w.eval(`t = task.spawn(function() return parallel.race({function() time.sleep("1h") end, function() end}) end)`)
	if got := w.eval(`t:join()`); got != "2" {
		t.Errorf("a race in the background: %s", got)
	}
}

// A task that computes without a call must not keep the session from going on.
func TestARunawayTaskGivesWay(t *testing.T) {
	w := newWorker(t)
	w.eval(`n = 0 t = task.spawn(function() while true do n = n + 1 end end)`)
	for range 3 {
		if got := w.eval(`n >= 0`); got != "true" {
			t.Fatalf("beside it: %s", got)
		}
	}
	w.eval(`task.checkpoint()`)
	w.eval(`task.spawn(function() while true do pcall(function() while true do end end) end end)`)
	if got := w.eval(`t:cancel() return select(2, pcall(t.join, t)).kind`); got != "cancelled" {
		t.Errorf("cancelled: %s", got)
	}
	if err := w.Close(); err != nil { // which ends the other
		t.Error(err)
	}
	for range 2 {
		<-w.ended
	}
}

func TestClosingASessionEndsItsTasks(t *testing.T) {
	w := newWorker(t)
	w.eval(`cleanup(function() print("cleaned") end)`)
	w.eval(`task.spawn(function() task.spawn(gate.wait) gate.wait() end)`)
	if err := w.Close(); err != nil || w.out.String() != "cleaned\n" {
		t.Errorf("closed: %v, printed %q", err, w.out.String())
	}
	if b := <-w.ended; b.Err == nil || b.Err.Kind != runtime.Cancelled {
		t.Errorf("told %+v", b)
	}
}

// In virtual time a task that waits goes on at once, as everything does.
func TestBackgroundTasksInARehearsal(t *testing.T) {
	ended := make(chan runtime.BackgroundTask, 1)
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Clock: runtime.NewSerialClock(time.Unix(0, 0))})
	if err != nil {
		t.Fatal(err)
	}
	s, err := rt.NewSession(runtime.RunOptions{Background: true, OnTask: func(b runtime.BackgroundTask) { ended <- b }})
	if err != nil {
		t.Fatal(err)
	}
	s.Do(func() {
		if _, err := s.Eval(t.Context(), "prompt", `task.spawn(function() time.sleep("1h") end)`); err != nil {
			t.Error(err)
		}
	})
	if b := <-ended; b.Err != nil || b.Ended.Sub(b.Started) != time.Hour {
		t.Errorf("told %+v", b)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
