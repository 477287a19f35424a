package runtime

import (
	"context"
	"fmt"

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
	values, err := r.luaValues(args)
	if err != nil {
		return "", err
	}
	s := &spawned{done: make(chan struct{})}
	if r.outlive && c.task == r.main {
		r.detach(ctx, c, s)
	} else {
		ctx, s.cancel = context.WithCancelCause(ctx)
		s.task = &task{run: r, ctx: ctx, budget: c.task.budget, prefix: c.Path() + ".", root: c.task.root, spawner: c.task}
		c.task.spawned = append(c.task.spawned, s)
	}
	r.spawned[c.Path()] = s
	stack := c.task.run.stackOf(vm.Traceback(c.thread))
	r.tasks++
	turn := r.baton.queue()
	r.clock.Go(func() {
		r.baton.await(turn)
		defer r.baton.pass()
		defer close(s.done)
		defer s.cancel(nil)
		s.run(f.fn, values, stack)
		r.tasks--
		if s.background != nil {
			s.ended()
		}
	})
	return c.Path(), nil
}

func (s *spawned) run(fn lua.LValue, args []lua.LValue, stack []Frame) {
	r := s.task.run
	results, err := s.task.do(fn, args...)
	if err == nil {
		s.values = r.values(results)
		return
	}
	s.err = r.within(err, "(task)", stack)
}

// Join waits for a task that Spawn started and returns what it returned, or its
// error. Join is for Inline verbs, outside Block.
func (c *Call) Join(ctx context.Context, id string) ([]Value, error) {
	s, err := c.spawnedTask(id)
	if err != nil {
		return nil, err
	}
	for waiting := s.task; waiting != nil; waiting = waiting.waitsFor {
		if waiting == c.task {
			return nil, Errorf(Usage, "task %s waits for this one, which would wait for it: neither could go on", id)
		}
	}
	for owner := c.task.spawner; owner != nil; owner = owner.spawner {
		if owner == s.task {
			return nil, Errorf(Usage, "task %s started this one and ends after it", id)
		}
	}
	s.joined = true
	c.task.waitsFor = s.task
	c.Block(func() { err = c.Clock().Wait(ctx, s.done) })
	c.task.waitsFor = nil
	if err != nil && s.background != nil {
		s.joined = false // it goes on, and nobody waits for it any more
	}
	switch {
	case err != nil:
		return nil, err
	case s.err != nil:
		return nil, s.err
	}
	return s.values, nil
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
	return nil, &Error{Kind: NotFound, Message: fmt.Sprintf("this run has no task %s", id)}
}

// Yield lets other tasks run that wait for their turn, once each.
func (c *Call) Yield() { c.Block(func() {}) }

// do calls a function as all that the task does, and waits for the tasks that it
// spawned.
func (t *task) do(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	values, err := t.begin(fn, args...)
	if cause := t.budget.Cause(); cause != nil {
		t.cancelAll(t.run.stopError(cause)) // wakes the tasks that wait in verbs
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
		if err == nil && s.err != nil && !s.joined {
			err = s.err
		}
	}
	return values, err
}

// admit refuses more tasks than the run may have.
func (r *run) admit(n int) error {
	if limit := r.limits.Tasks; limit > 0 && r.tasks+n > limit {
		return r.limits.hit("tasks", "the run may have %d tasks at the same time, and has them", limit)
	}
	return nil
}
