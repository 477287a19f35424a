package runtime

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// EachOptions say how Each goes about its items.
type EachOptions struct {
	Limit   int  // items at the same time; 16 if 0
	Collect bool // go on after an error
}

// defaultParallel is how many items Each takes at the same time.
const defaultParallel = 16

// An Outcome is what became of one item.
type Outcome struct {
	Values []Value // what the function returned
	Err    *Error  // with the item's number in Items
}

// Each calls a function with every item and, if it is not a verb, the item's number, each in a task of
// its own, and waits for all of them. The outcomes are in the order of the items.
// Unless Collect is set, the first error cancels the other items and is returned
// once they have ended. Each is for Inline verbs, outside Block.
func (c *Call) Each(ctx context.Context, items []Value, f *Function, o EachOptions) ([]Outcome, error) {
	if o.Limit <= 0 {
		o.Limit = defaultParallel
	}
	p := c.parallel(len(items), func(i int) (lua.LValue, []lua.LValue) {
		if f.fn.IsG { // a verb, which refuses an argument too many: parallel.map(ids, servers.get)
			return f.fn, []lua.LValue{items[i].lua()}
		}
		return f.fn, []lua.LValue{items[i].lua(), lua.LNumber(i + 1)}
	})
	ended := 0
	p.ended = func(_ int, e *Error) {
		ended++
		c.progressOf(ctx, ended, len(items))
		if e != nil && !o.Collect && p.failed == nil {
			p.failed = e
			p.cancel(errOther)
		}
	}
	c.progressOf(ctx, 0, len(items))
	if err := p.run(ctx, o.Limit); err != nil {
		return nil, err
	}
	return p.outcomes, nil
}

// Race calls Lua functions at the same time, each in a task of its own. The
// first that ends without an error wins: the others are cancelled, and once they
// have ended Race returns the winner's position, from 1, and its values. If all
// fail the first error is returned. Race is for Inline verbs, outside Block.
func (c *Call) Race(ctx context.Context, functions []*Function) (winner int, values []Value, err error) {
	p := c.parallel(len(functions), func(i int) (lua.LValue, []lua.LValue) { return functions[i].fn, nil })
	p.ended = func(i int, e *Error) {
		switch {
		case e == nil && winner == 0:
			winner, p.failed = i+1, nil
			p.cancel(errOther)
		case e != nil && winner == 0 && p.failed == nil:
			p.failed = e
		}
	}
	if err := p.run(ctx, len(functions)); err != nil || winner == 0 {
		return 0, nil, err
	}
	return winner, p.outcomes[winner-1].Values, nil
}

// errOther is the cause when a task is cancelled because of what became of
// another one.
var errOther = errors.New("another task decided the matter")

// errLeft is the cause when a session is closed.
var errLeft = errors.New("the session was closed")

// A parallel is one call with several tasks. They touch it only while they hold the
// baton, but for leave.
type parallel struct {
	call     *Call
	job      func(i int) (fn lua.LValue, args []lua.LValue)
	ended    func(i int, e *Error) // a task that was not cancelled has ended
	outcomes []Outcome
	failed   *Error // what run returns

	ctx    context.Context
	cancel context.CancelCauseFunc
	stack  []Frame // of the call

	next    int // the job that is taken next
	workers atomic.Int64
	done    chan struct{}
}

func (c *Call) parallel(n int, job func(i int) (lua.LValue, []lua.LValue)) *parallel {
	c.Reserve(int64(n) * int64(unsafe.Sizeof(Outcome{})))
	return &parallel{call: c, job: job, outcomes: make([]Outcome, n), done: make(chan struct{}),
		stack: c.task.run.stackOf(vm.Traceback(c.thread))}
}

// run does the jobs, at most limit at the same time, and waits for all tasks.
func (p *parallel) run(ctx context.Context, limit int) error {
	r := p.call.task.run
	workers := min(limit, len(p.outcomes))
	if workers == 0 {
		return nil
	}
	if err := r.admit(1); err != nil {
		return err
	}
	if r.limits.Tasks > 0 {
		workers = min(workers, r.limits.Tasks-r.taskCount())
	}
	p.call.Reserve(int64(workers) * taskBytes)
	p.ctx, p.cancel = context.WithCancelCause(ctx)
	defer p.cancel(nil)
	p.workers.Store(int64(workers))
	r.tasks.Add(int64(workers))
	worker := func() {
		p.work()
		p.leave(nil)
		r.baton.pass()
	}
	idle := func() bool {
		if p.next < len(p.outcomes) && p.ctx.Err() == nil {
			return false
		}
		p.leave(nil)
		return true
	}
	for range workers {
		r.baton.start(worker, idle)
	}
	p.call.Block(func() { _ = r.clock.Wait(context.WithoutCancel(ctx), p.done) })
	switch {
	case ctx.Err() != nil:
		base, _ := p.call.task.whole()
		return r.reason(base, ctx) // the outcomes are not complete
	case p.failed != nil:
		return p.failure()
	}
	return nil
}

// work takes jobs until there are no more.
func (p *parallel) work() {
	for p.next < len(p.outcomes) && p.ctx.Err() == nil {
		i := p.next
		p.next++
		values, err := p.one(i)
		p.outcomes[i] = Outcome{Values: values, Err: err}
		if p.ctx.Err() == nil {
			p.ended(i, err)
		}
	}
}

// leave ends a worker, with or without the baton.
func (p *parallel) leave(*Error) {
	p.call.task.run.tasks.Add(-1)
	if p.workers.Add(-1) == 0 {
		close(p.done)
	}
}

// one does a job in a task of its own.
func (p *parallel) one(i int) ([]Value, *Error) {
	r := p.call.task.run
	fn, args := p.job(i)
	t := p.call.task.child(p.ctx, p.call.seq, i+1)
	t.leave = p.leave
	results, err := t.do(fn, args...)
	if err == nil {
		return r.values(results), nil
	}
	e := t.within(err, "(item "+luanum.FormatExact(float64(i+1))+" of "+p.call.Verb.Name+")", p.stack)
	e.Items = append([]int{i + 1}, e.Items...)
	return nil, e
}

// failure is the error, with what the tasks that it cancelled may have left.
func (p *parallel) failure() *Error {
	e := p.failed
	if hint := p.call.task.run.outlook(p.call.task.cuts().takeOf(p.call.Path() + "[")); hint != "" {
		e.Hint = strings.TrimPrefix(e.Hint+hintSeparator+hint, hintSeparator)
	}
	return e
}
