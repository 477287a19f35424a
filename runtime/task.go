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

	// leave ends the task with an error of which only the first is looked at, with or
	// without the baton; nil for a task that must return.
	leave   func(e *Error)
	gone    bool   // it has only to leave, and no baton but where a verb gives back what it holds
	leaving *Error // that it leaves with
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
func (t *task) block(f func()) { t.blockUnless(f, func() bool { return false }) }

// yield lets the tasks that stand in line execute Lua, once each.
func (t *task) yield() {
	global := t.run.in.state.Main().G
	thread := global.CurrentThread
	t.run.baton.yield()
	global.CurrentThread = thread
}

// blockIn is block for a verb in L that does nothing but return what f found. When all
// has ended the task does not take the baton again, if it has only to leave: thousands
// of tasks that end at the same time would stand in line for it.
func (t *task) blockIn(L *lua.LState, f func()) {
	t.blockUnless(f, func() bool {
		t.gone = !t.run.watched && t.mayLeave(L)
		return t.gone
	})
}

func (t *task) blockUnless(f func(), leaves func() bool) {
	global := t.run.in.state.Main().G
	thread := global.CurrentThread
	t.run.baton.pass()
	defer func() {
		switch {
		case t.leave == nil || t.ctx.Err() == nil:
			t.run.baton.take()
		case leaves():
			return
		default:
			t.run.baton.takeBriefly()
		}
		global.CurrentThread = thread
	}()
	f()
}

// mayLeave reports whether the task may end its goroutine from L, because all has ended and
// nobody looks at what became of each of thousands of tasks. Not so if somebody waits to
// be told of the end of a call that it is in.
func (t *task) mayLeave(L *lua.LState) bool {
	if _, whole := t.whole(); whole.Err() == nil || t.leave == nil || len(t.spawned) > 0 {
		return false
	}
	calls, ok := vm.Leaving(L)
	return ok && (calls == 0 || !t.run.watched)
}

// abandon ends a task that was cancelled. A task that is cancelled while the rest
// goes on ends alone: its threads get a budget of their own, which stops. When all
// ends, those that have only Lua and verbs to leave just go.
func (t *task) abandon(L *lua.LState) {
	base, whole := t.whole()
	if t.gone || t.mayLeave(L) {
		t.leaving = t.cuts().leaving(func() *Error { return t.run.placed(t.run.reason(base, t.ctx), vm.Traceback(L)) })
		if !t.gone {
			t.gone = true
			t.run.baton.pass()
		}
		goruntime.Goexit()
	}
	if whole.Err() == nil {
		dead := vm.NewBudget(vm.BudgetOptions{})
		for th := vm.Of(L); th != nil && th.Host == any(t); th = th.Parent() {
			th.Budget = dead
		}
	}
	vm.Fatal(L, t.run.reason(base, t.ctx))
}

// enterVerb takes the baton for what a verb gives back in a defer, when the task leaves
// through it; leaveVerb passes it on.
func (t *task) enterVerb() {
	if t.gone {
		t.run.baton.takeBriefly()
	}
}

func (t *task) leaveVerb() {
	if t.gone {
		t.run.baton.pass()
	}
}

// begin calls a function as the task's first.
func (t *task) begin(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	defer func() {
		if t.gone {
			t.leave(t.leaving)
		}
	}()
	values, err := t.run.in.state.Call(vm.CallOptions{Budget: t.budget, Host: t}, fn, args...)
	t.explain(err)
	return values, err
}
