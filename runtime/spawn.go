package runtime

import (
	"context"
	"slices"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A spawned is a task that another one started and that goes on beside it.
type spawned struct {
	task   *task
	cancel context.CancelCauseFunc
	done   chan struct{}
	joined bool
	values []Value
	err    *Error
	left   *Error  // that it left with; in place of err
	stack  []Frame // where it was started

	background *background // nil for a task that its owner waits for
}

// Spawn starts a Lua function in a task of its own and returns the task's id. A
// task ends only when all that it spawned have ended: if it fails they are
// cancelled, and the error of one that nobody joined becomes its own. An evaluation
// of a session with RunOptions.Background leaves what it spawned to the session. Spawn is for
// Inline verbs, outside Block.
func (c *Call) Spawn(ctx context.Context, f *Function, args ...any) (id string, err error) {
	r := c.task.run
	if err := r.admit(1); err != nil {
		return "", err
	}
	c.Reserve(taskBytes)
	values, err := r.luaValues(args)
	if err != nil {
		return "", err
	}
	s := &spawned{done: make(chan struct{}), stack: r.stackOf(vm.Traceback(c.thread))}
	if r.outlive && c.task == r.main {
		r.detach(ctx, c, s)
	} else {
		ctx, s.cancel = context.WithCancelCause(ctx)
		s.task = &task{run: r, ctx: ctx, budget: c.task.budget, prefix: c.Path() + ".", root: c.task.root, spawner: c.task}
		s.task.leave = func(e *Error) {
			s.left = e
			s.end()
		}
		c.task.spawned = append(c.task.spawned, s)
	}
	r.spawned[c.Path()] = s
	r.tasks.Add(1)
	r.baton.start(func() {
		s.run(f.fn, values)
		if s.background != nil {
			s.ended()
		}
		s.end()
		r.baton.pass()
	}, func() bool {
		if !s.cancelled() {
			return false
		}
		s.end()
		return true
	})
	return c.Path(), nil
}

// end is the task's end, with or without the baton.
func (s *spawned) end() {
	s.task.run.tasks.Add(-1)
	s.cancel(nil)
	close(s.done)
}

// error is what the task ended with; nil if it succeeded.
func (s *spawned) error() *Error {
	if s.left != nil {
		return s.task.within(s.left, spawnedPart, s.stack)
	}
	return s.err
}

// spawnedPart is what a stack calls a task.
const spawnedPart = "(task)"

func (s *spawned) run(fn lua.LValue, args []lua.LValue) {
	if s.cancelled() {
		return
	}
	r := s.task.run
	results, err := s.task.do(fn, args...)
	if err == nil {
		s.values = r.values(results)
		return
	}
	s.err = s.task.within(err, spawnedPart, s.stack)
}

// cancelled reports whether a task that has not begun need not, and says so to who joins it.
func (s *spawned) cancelled() bool {
	if s.background != nil || s.task.ctx.Err() == nil {
		return false
	}
	s.left = s.task.unbegun()
	return true
}

// unbegun is the error of a task that was cancelled before it began. When all ends, there
// may be hundreds of thousands, which share one.
func (t *task) unbegun() *Error {
	base, whole := t.whole()
	if whole.Err() == nil {
		return t.run.reason(base, t.ctx)
	}
	cuts := t.cuts()
	cuts.mu.Lock()
	defer cuts.mu.Unlock()
	if cuts.unbegun == nil {
		cuts.unbegun = t.run.reason(base, t.ctx)
	}
	return cuts.unbegun
}

// Join waits for a task that Spawn started and returns what it returned, or its
// error. Join is for Inline verbs, outside Block.
func (c *Call) Join(ctx context.Context, id string) ([]Value, error) {
	s, err := c.spawnedTask(id)
	if err != nil {
		return nil, err
	}
	for owner := c.task.spawner; owner != nil; owner = owner.spawner {
		if owner == s.task {
			return nil, Errorf(Usage, "task %s started this one and ends after it", id)
		}
	}
	seen := map[*task]bool{}
	deadlock := c.task.holdsUp(s.task, seen)
	vm.Charge(c.thread, int64(len(seen))*holdStep)
	if deadlock {
		return nil, Errorf(Usage, "task %s waits for this one, which would wait for it: neither could go on", id)
	}
	s.joined = true
	s.task.joiners = append(s.task.joiners, c.task)
	c.Block(func() { err = c.Clock().Wait(ctx, s.done) })
	s.task.joiners = slices.DeleteFunc(s.task.joiners, func(t *task) bool { return t == c.task })
	if err != nil && s.background != nil {
		s.joined = false // it goes on, and nobody waits for it any more
	}
	if err != nil {
		return nil, err
	}
	if e := s.error(); e != nil {
		return nil, e
	}
	return s.values, nil
}

// holdStep is how many steps it takes to look at one task that cannot go on.
const holdStep = 4

// holdsUp reports whether a task cannot go on before t has ended: because it joins t or
// started it, or because it joins or started one that cannot.
func (t *task) holdsUp(other *task, seen map[*task]bool) bool {
	switch {
	case t == nil || seen[t]:
		return false
	case t == other:
		return true
	}
	seen[t] = true
	return t.spawner.holdsUp(other, seen) ||
		slices.ContainsFunc(t.joiners, func(joiner *task) bool { return joiner.holdsUp(other, seen) })
}

// Cancel cancels a task that Spawn started. It does not wait for its end; Join
// then raises an error of kind cancelled.
func (c *Call) Cancel(id string) error {
	s, err := c.spawnedTask(id)
	if err == nil {
		s.joined = true // its error is no surprise
		s.cancel(errOther)
	}
	return err
}

func (c *Call) spawnedTask(id string) (*spawned, error) {
	if s := c.task.run.spawned[id]; s != nil {
		return s, nil
	}
	return nil, &Error{Kind: NotFound, Message: "this run has no task " + english.Clipped(id)}
}

// Yield lets other tasks run that wait for their turn, once each.
func (c *Call) Yield() { c.task.yield() }

// do calls a function as all that the task does, and waits for the tasks that it
// spawned.
func (t *task) do(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	values, err := t.begin(fn, args...)
	if cause := t.budget.Cause(); cause != nil {
		t.cancelAll(t.stopError(cause)) // wakes the tasks that wait in verbs
	}
	if len(t.spawned) == 0 {
		return values, err
	}
	if err != nil {
		for _, s := range t.spawned {
			s.cancel(errOther)
		}
	}
	t.block(func() {
		for _, s := range t.spawned {
			_ = t.run.clock.Wait(context.Background(), s.done)
		}
	})
	for _, s := range t.spawned {
		delete(t.run.spawned, s.task.prefix[:len(s.task.prefix)-1])
		if err != nil || s.joined {
			continue
		}
		if e := s.error(); e != nil {
			err = e
		}
	}
	return values, err
}

// taskCount is how many tasks there are now.
func (r *run) taskCount() int { return int(r.tasks.Load()) }

// admit refuses more tasks than the run may have.
func (r *run) admit(n int) error {
	if limit := r.limits.Tasks; limit > 0 && r.taskCount()+n > limit {
		return r.limits.hit("tasks", "the run may have %d tasks at the same time, and has them", limit)
	}
	return nil
}
