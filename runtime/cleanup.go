package runtime

import (
	"context"
	"fmt"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

// What the clean-up functions of a run may use together, however the run ended
// and whatever it has used itself.
const (
	cleanupSteps  = 1_000_000
	cleanupCalls  = 100
	cleanupOutput = 16 << 10
	cleanupMemory = 16 << 20
	cleanupTime   = 30 * time.Second
)

// Cleanup has a Lua function called when the run has ended, for whatever reason:
// its own end, an error, a limit, a cancellation. The last one that was given is
// called first. They have a fixed allowance of steps, calls, output, memory and time; once
// one of them has used it up, those that are left are not called. If the run succeeded, the
// first error of a clean-up function becomes the run's; otherwise the runtime's Logger is
// told, as it is of those that were not called. In a session they are called when it is
// closed.
func (c *Call) Cleanup(f *Function) { c.task.run.cleanups = append(c.task.run.cleanups, f.fn) }

// inCleanup marks the contexts of clean-up functions.
type inCleanup struct{}

func cleanupTooLong() *Error {
	return &Error{Kind: Limit, Message: fmt.Sprintf("clean-up functions have %v, and took longer", cleanupTime)}
}

// cleanUp calls the clean-up functions after the main task ended with err, and
// returns the error that the run ends with.
func (r *run) cleanUp(ctx context.Context, err error) error {
	if len(r.cleanups) == 0 {
		return err
	}
	during, uncertain := r.during, r.uncertain
	r.extra = Limits{Calls: cleanupCalls, Output: cleanupOutput}
	defer func() { r.extra = Limits{} }()
	ctx, cancel := r.clock.WithTimeout(context.WithValue(context.WithoutCancel(ctx), inCleanup{}, true), cleanupTime)
	defer cancel()
	budget := r.newBudget(cleanupSteps)
	defer r.rt.memory.watch(r, budget, ctx.Done())()
	r.rt.memory.allow(r, cleanupMemory)
	defer context.AfterFunc(ctx, func() {
		budget.Stop(cleanupTooLong())
	})()
	defer func(base, whole context.Context) { r.base, r.ctx = base, whole }(r.base, r.ctx)
	r.base, r.ctx = ctx, ctx
	r.restore(during, uncertain)
	for len(r.cleanups) > 0 && budget.Cause() == nil { // none could take a step after that
		last := len(r.cleanups) - 1
		var fn lua.LValue = r.cleanups[last]
		r.cleanups = r.cleanups[:last]
		t := &task{run: r, ctx: ctx, budget: budget, prefix: "cleanup" + luanum.FormatExact(float64(last+1)) + "."}
		_, failed := t.do(fn)
		if failed == nil {
			continue
		}
		ended := t.within(failed, "(clean-up)", nil)
		if err == nil {
			err = ended
			during, uncertain = r.during, r.uncertain
		} else if log := r.rt.config.Logger; log != nil {
			log.Warn("a clean-up function failed", "run", r.id, "error", ended.Error())
		}
	}
	if log := r.rt.config.Logger; log != nil && len(r.cleanups) > 0 {
		log.Warn("clean-up functions were not called: the ones before used up what they may", "run", r.id, "functions", len(r.cleanups))
	}
	r.cleanups = nil
	r.restore(during, uncertain)
	return err
}
