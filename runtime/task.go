package runtime

import (
	"context"
	"strconv"
)

// A task is one branch of a run. It executes Lua only while it holds the run's
// baton.
type task struct {
	run    *run
	ctx    context.Context
	prefix string // of its calls' paths: "" for the main task, "7[3]." for an item
	calls  int    // calls made so far
}

// path is the position in the run of the task's seq-th call.
func (t *task) path(seq int) string { return t.prefix + strconv.Itoa(seq) }

// child is the task for an item of the parallel that is the seq-th call.
func (t *task) child(ctx context.Context, seq, item int) *task {
	return &task{run: t.run, ctx: ctx, prefix: t.path(seq) + "[" + strconv.Itoa(item) + "]."}
}

// start makes the task, which has just got the baton, the running one.
func (t *task) start() { t.run.current = t }

// block gives the baton away while f runs and restores what the run shares
// between its tasks.
func (t *task) block(f func()) {
	global := t.run.state.G
	thread := global.CurrentThread
	t.run.baton.pass()
	defer func() {
		t.run.baton.take()
		t.run.current = t
		global.CurrentThread = thread
	}()
	f()
}
