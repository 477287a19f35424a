package runtime

import (
	"context"
	"fmt"
	"time"
)

// Progress is how far a long call has come. The zero value says that it has begun, and
// that no more is known.
type Progress struct {
	// Line says what it waits for: short, without secrets, such as
	// "web1 BUILD 40%". "" where Done and Total say all.
	Line string

	// Done of Total parts are ready; Total is 0 where nobody knows.
	Done, Total int

	// Until is when it will be over, on the run's clock; zero if nobody knows.
	Until time.Time
}

// A ProgressEvent tells how far a long call has come, or that it has ended.
type ProgressEvent struct {
	RunID string
	Path  string // of the call, in the run
	Verb  string
	Ended bool // no more events follow; Progress is zero

	// Background says that the call is one of a task that goes on behind a session's
	// evaluations.
	Background bool

	Progress
}

// Progress tells the host how far the call has come. It may be called from any
// goroutine that works for the call, and as often as something changes.
func (c *Call) Progress(_ context.Context, p Progress) {
	if f := c.task.run.rt.config.OnProgress; f != nil {
		c.told.Store(true)
		f(c.progressEvent(p))
	}
}

// progressOf tells how many items are ready. One item needs no count. It is called on
// goroutines that have nobody else to catch a panic of the host's.
func (c *Call) progressOf(ctx context.Context, done, total int) {
	if total > 1 && c.task.run.rt.config.OnProgress != nil {
		defer func() {
			if p := recover(); p != nil {
				c.task.hostPanicked(p)
			}
		}()
		c.Progress(ctx, Progress{Line: fmt.Sprintf("%d of %d", done, total), Done: done, Total: total})
	}
}

// ended tells the host that a call which told of its progress has ended. If the task has
// only to leave, nothing above it could do with a panic of the host's.
func (c *Call) ended() {
	if c.told.Load() {
		c.told.Store(false)
		e := c.progressEvent(Progress{})
		e.Ended = true
		if c.task.gone {
			defer c.logPanic()
		}
		c.task.run.rt.config.OnProgress(e)
	}
}

func (c *Call) logPanic() {
	if p := recover(); p != nil {
		if log := c.task.run.rt.config.Logger; log != nil {
			log.Error("OnProgress panicked", "run", c.task.run.id, "call", c.Path(), "panic", p)
		}
	}
}

func (c *Call) progressEvent(p Progress) ProgressEvent {
	return ProgressEvent{RunID: c.task.run.id, Path: c.Path(), Verb: c.Verb.Name, Background: c.task.root != nil, Progress: p}
}
