package runtime

import (
	"context"
	goruntime "runtime"
	"strconv"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A task is one branch of a run. It executes Lua only while it holds the run's
// baton.
type task struct {
	run    *run
	ctx    context.Context
	budget *vm.Budget
	prefix string  // of its calls' paths: "" for the main task, "7[3]." for an item
	calls  int     // calls made so far
	idle   []*Call // calls that have ended, for the next ones

	root    *spawned   // the background task that it is part of; nil for an evaluation's tasks
	spawner *task      // who started it; nil for the main task
	spawned []*spawned // by this task
	joiners []*task    // that wait for its end

	// leave ends the task's part of its goroutine with an error of which only the
	// first is looked at, and passes the baton; nil for a task that must return.
	leave   func(e *Error)
	leaving *Error // that the task leaves with when its verbs have given back what they hold
}

// taskOf is the task that executes in L.
func taskOf(L *lua.LState) *task { return vm.Of(L).Host.(*task) }

// path is the position in the run of the task's seq-th call.
func (t *task) path(seq int) string { return t.prefix + strconv.Itoa(seq) }

// child is the task for an item of the parallel that is the seq-th call.
func (t *task) child(ctx context.Context, seq, item int) *task {
	return &task{run: t.run, ctx: ctx, budget: t.budget, root: t.root, spawner: t, prefix: t.path(seq) + "[" + strconv.Itoa(item) + "]."}
}

// block gives the baton away while f runs.
func (t *task) block(f func()) {
	global := t.run.in.state.Main().G
	thread := global.CurrentThread
	t.run.baton.pass()
	defer func() {
		if t.leave != nil && t.ctx.Err() != nil {
			t.run.baton.takeBriefly()
		} else {
			t.run.baton.take()
		}
		global.CurrentThread = thread
	}()
	f()
}

// abandon ends a task that was cancelled. A task that is cancelled while the rest
// goes on ends alone: its threads get a budget of their own, which stops. When all
// ends, nobody looks at what became of each of thousands of tasks: those that have
// only Lua and verbs to leave just go. Verbs may need the baton for what they deferred.
func (t *task) abandon(L *lua.LState) {
	base, whole := t.whole()
	if whole.Err() == nil {
		dead := vm.NewBudget(vm.BudgetOptions{})
		for th := vm.Of(L); th != nil && th.Host == any(t); th = th.Parent() {
			th.Budget = dead
		}
	} else if t.leave != nil && len(t.spawned) == 0 {
		if verbs, ok := vm.Leaving(L, t.run.mayEndInside); ok {
			cuts := t.cuts()
			if cuts.left == nil {
				cuts.left = t.run.placed(t.run.reason(base, t.ctx), vm.Traceback(L))
			}
			if verbs > 0 {
				t.leaving = cuts.left
			} else {
				t.leave(cuts.left)
			}
			goruntime.Goexit()
		}
	}
	vm.Fatal(L, t.run.reason(base, t.ctx))
}

// mayEndInside reports whether a goroutine may end in what a Go function calls: in a
// verb's, unless somebody waits to be told of the call's end.
func (r *run) mayEndInside(fn *lua.LFunction) bool {
	return !r.watched && r.rt.language.verbs[fn] != nil
}

// begin calls a function as the task's first.
func (t *task) begin(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	defer func() {
		if t.leaving != nil {
			t.leave(t.leaving)
		}
	}()
	values, err := t.run.in.state.Call(vm.CallOptions{Budget: t.budget, Host: t}, fn, args...)
	t.explain(err)
	return values, err
}
