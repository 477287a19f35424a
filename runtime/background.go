package runtime

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// A BackgroundTask is one that an evaluation of a session spawned, and that goes on
// behind it. Only sessions with RunOptions.Background have them.
type BackgroundTask struct {
	ID      string    // as scripts see it
	Spawned Position  // where
	Started time.Time // on the session's clock
	Ended   time.Time // zero while it goes on
	Err     *Error    // that it ended with; nil if it succeeded
	Awaited bool      // something joined it, or cancelled it: its end is no news
}

// background is what an ordinary task has not: it stands on its own, is cancelled
// alone, and keeps its own record of what was cut off.
type background struct {
	info BackgroundTask
	stop func() // giving it slices, and watching its memory
	cutOffs
}

// detach makes a task one that goes on behind the evaluation.
func (r *run) detach(ctx context.Context, c *Call, s *spawned) {
	s.background = &background{info: BackgroundTask{ID: c.Path(), Started: r.clock.Now()}}
	for _, f := range c.task.run.stackOf(vm.Traceback(c.thread)) {
		if f.Position.Line > 0 {
			s.background.info.Spawned = f.Position
			break
		}
	}
	ctx, s.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	budget := r.sharingBudget(s)
	context.AfterFunc(ctx, func() { budget.Stop(r.reason(ctx, ctx)) })
	release := r.rt.memory.watch(r, budget, ctx.Done())
	noSlices := clock.Every(slice, func() {
		if r.baton.isWanted() {
			budget.Interrupt()
		}
	})
	s.background.stop = func() { noSlices(); release() }
	s.task = &task{run: r, ctx: ctx, budget: budget, prefix: c.Path() + ".", root: s}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.background = append(r.background, s)
}

// hurry makes the background tasks give way. It is for those who do not hold the
// baton.
func (r *run) hurry() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.background {
		s.task.budget.Interrupt()
	}
}

const (
	// slice is how long a background task may execute Lua while a task waits for its
	// turn.
	slice = 50 * time.Millisecond

	// patience is how long it may while the host waits: a person is typing.
	patience = 5 * time.Millisecond
)

// sharingBudget is the budget of a background task. A task is not interrupted
// between two calls; but one that calls nothing for long must not keep a person from
// their prompt, or a Ctrl-C from its effect, so it gives way when it is interrupted.
func (r *run) sharingBudget(root *spawned) *vm.Budget {
	options := r.budgetOptions(&task{run: r, root: root}, r.limits.Steps)
	look := options.Inspect
	options.Inspect = func(asked int64) error {
		if asked == 0 && r.baton.isWanted() {
			(&task{run: r}).yield()
		}
		if look == nil {
			return nil
		}
		return look(asked)
	}
	return vm.NewBudget(options)
}

// ended notes the end of a background task and tells the host.
func (s *spawned) ended() {
	r, b := s.task.run, s.background
	b.stop()
	b.info.Ended = r.clock.Now()
	b.info.Awaited = s.joined
	if s.err != nil {
		s.err = s.task.final(s.err, &b.cutOffs)
		b.info.Err = s.err
	}
	if r.onTask == nil {
		return
	}
	defer func() { // no evaluation's: nobody else would catch it
		if p := recover(); p != nil {
			s.err = panicError(&PanicError{Value: p, Stack: debug.Stack()})
			b.info.Err = s.err
			if log := r.rt.config.Logger; log != nil {
				log.Error("OnTask panicked", "run", r.id, "task", b.info.ID, "panic", p)
			}
		}
	}()
	r.onTask(b.info)
}

// cuts is where the task's calls are noted that were cut off.
func (t *task) cuts() *cutOffs {
	if t.root != nil {
		return &t.root.background.cutOffs
	}
	return &t.run.cutOffs
}

// cancelAll cancels all that goes on with the task: the background task that it is
// part of, or the run.
func (t *task) cancelAll(e *Error) {
	if t.root != nil {
		t.root.cancel(e)
		return
	}
	t.run.cancel(e)
}

// whole is the context of all that goes on with the task, and the host's.
func (t *task) whole() (base, ctx context.Context) {
	if t.root != nil {
		return t.root.task.ctx, t.root.task.ctx
	}
	return t.run.base, t.run.ctx
}

// BackgroundTasks are the tasks that go on behind the session's evaluations, and
// those that have ended, in the order in which they began.
func (s *Session) BackgroundTasks() []BackgroundTask {
	if s.run == nil {
		return nil
	}
	var out []BackgroundTask
	for _, task := range s.run.background {
		info := task.background.info
		info.Awaited = task.joined
		out = append(out, info)
	}
	return out
}

// Do calls f while no background task of the session executes Lua. Where there may
// be any, the session's methods, and those of its values, are for f.
func (s *Session) Do(f func()) {
	r := s.run
	if r == nil || r.inside {
		f()
		return
	}
	done := make(chan struct{})
	r.clock.Go(func() {
		defer close(done)
		turn := r.baton.queue()
		impatient := time.AfterFunc(patience, r.hurry)
		r.baton.await(turn)
		impatient.Stop()
		defer r.baton.pass()
		r.inside = true
		defer func() { r.inside = false }()
		f()
	})
	<-done
}

// endBackground cancels the background tasks and waits until they have ended.
func (r *run) endBackground() {
	going := slices.DeleteFunc(slices.Clone(r.background), func(s *spawned) bool { return !s.background.info.Ended.IsZero() })
	for _, s := range going {
		s.cancel(errLeft)
	}
	(&task{run: r}).block(func() {
		for _, s := range going {
			_ = r.clock.Wait(context.Background(), s.done)
		}
	})
}

// nextPath is where an evaluation's calls are counted from: tasks that outlive it
// keep their ids to themselves.
func (r *run) nextPath() int {
	if !r.outlive || r.main == nil {
		return 0
	}
	return r.main.calls
}

// Made reports whether the task made the call with this path, or one of its own
// tasks did.
func (b BackgroundTask) Made(path string) bool { return strings.HasPrefix(path, b.ID+".") }
