package runtime

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"math"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A run is one execution. The first fields are fixed when it begins; the others
// are touched only by the task that holds the baton, unless they say otherwise.
type run struct {
	rt      *Runtime
	id      string
	clock   Clock
	stdout  io.Writer
	limits  Limits
	seed    uint64
	handle  Handler // the door
	watched bool    // the host is told of calls, which must then end in order
	started time.Time
	in      *interpreter
	outlive bool // a session whose tasks may outlive an evaluation
	onTask  func(BackgroundTask)
	baton   baton

	rand  *mathrand.Rand // of verbs; nil until one asks
	width int            // of what is laid out, in columns; 0 does not limit
	begun time.Time      // this execution, of a session's many
	open  bool           // a session: more is to come after an execution

	base   context.Context         // the host's, and the run's own end
	ctx    context.Context         // base with the time limit; of everything that the run does
	cancel context.CancelCauseFunc // with an *Error when the run ends itself
	budget *vm.Budget

	main     *task
	stats    Stats
	counts   []callCount  // of Limits.CallsOf
	extra    Limits       // what clean-up may use beyond the limits
	tasks    atomic.Int64 // that exist now
	creates  int64        // calls of effect create that policy let through
	cleanups []*lua.LFunction
	spawned  map[string]*spawned // tasks by id
	passed   *Error              // of a task, which the one that joined it raised last
	sources  sources
	cutOffs
	held       atomic.Int64 // bytes, by calls that are under way
	mu         sync.Mutex   // of background, for those who look without the baton
	background []*spawned   // in the order in which they began
	inside     bool         // the session's Do is under way
}

// Run executes a program and waits for its end and the end of everything that it
// started. The error is an *Error; the Result is nil then. Ending ctx cancels
// the run.
//
// Run must not be called from a goroutine that was started with the Clock's Go.
func (rt *Runtime) Run(ctx context.Context, p *Program, options RunOptions) (*Result, error) {
	if p == nil {
		return nil, errNoProgram
	}
	r, err := rt.newRun(options)
	if err != nil {
		return nil, err
	}
	r.sources.remember(p.Name(), p.proto.Source())
	result := &Result{}
	err = r.execute(ctx, func(t *task) error {
		values, err := t.do(r.in.state.Load(p.proto, nil))
		if err == nil {
			err = r.keep(result, values)
		}
		return err
	})
	defer rt.release(r.in, err)
	if err != nil {
		return nil, err
	}
	result.Stats = r.stats
	return result, nil
}

func (rt *Runtime) newRun(options RunOptions) (*run, error) {
	if err := options.Limits.check(rt.catalogue); err != nil {
		return nil, &Error{Kind: Usage, Message: err.Error(), Cause: err}
	}
	r := &run{rt: rt, id: options.ID, clock: rt.clock, stdout: options.Stdout,
		width:  options.Width,
		limits: options.Limits.over(rt.config.Limits), spawned: map[string]*spawned{}}
	r.tasks.Store(1)
	r.counts = callCounts(r.limits.CallsOf)
	r.id, r.seed = identify(options)
	if r.stdout == nil {
		r.stdout = io.Discard
	}
	r.baton.clock = r.clock
	r.handle = r.door(options)
	r.started = r.clock.Now()
	in, err := rt.lease(r)
	if err != nil {
		return nil, err
	}
	r.in = in
	return r, r.setGlobals(options)
}

// execute runs f as the main task, on a goroutine that the clock counts, and
// waits until it and all that it started have ended. The error is an *Error.
func (r *run) execute(ctx context.Context, f func(t *task) error) error {
	r.base, r.cancel = context.WithCancelCause(ctx)
	defer r.cancel(nil)
	r.ctx = r.base
	if r.limits.Time > 0 {
		timed, stop := r.clock.WithTimeout(r.base, r.limits.Time)
		defer stop()
		r.ctx = timed
	}
	r.budget = r.newBudget(r.limits.Steps)
	defer r.rt.memory.watch(r, r.budget, r.ctx.Done())()
	r.stats = Stats{}
	r.cutOffs.reset()
	for i := range r.counts {
		r.counts[i].made = 0
	}
	release := r.stopWithContext()
	defer release()
	r.begun = r.clock.Now()
	var err error
	work := func() {
		r.main = &task{run: r, ctx: r.ctx, budget: r.budget, calls: r.nextPath()}
		err = f(r.main)
		if !r.open {
			err = r.cleanUp(ctx, err)
		}
		if err != nil {
			err = r.main.final(err, &r.cutOffs)
		}
	}
	if r.inside {
		work()
	} else {
		done := make(chan struct{})
		r.clock.Go(func() {
			defer close(done)
			r.baton.take()
			defer r.baton.pass()
			work()
		})
		<-done
	}
	r.stats.Steps = r.budget.Steps()
	r.stats.Time = r.clock.Now().Sub(r.begun)
	return err
}

func (r *run) newBudget(steps int64) *vm.Budget {
	return vm.NewBudget(r.budgetOptions(&task{run: r}, steps))
}

// budgetOptions are those of what goes on with a task.
func (r *run) budgetOptions(t *task, steps int64) vm.BudgetOptions {
	options := vm.BudgetOptions{Steps: steps, Depth: r.limits.Recursion, ReserveStep: math.MaxInt64}
	if r.limits.Memory > 0 {
		options.MaxAlloc = r.limits.Memory
		options.ReserveStep = reserveStep
		options.Inspect = func(asked int64) error { return r.rt.memory.inspect(t, asked) }
		options.Window = func() { r.rt.memory.lookIfLate() }
	}
	return options
}

// stopWithContext stops the budget when the context ends, until release is
// called.
func (r *run) stopWithContext() (release func() bool) {
	if r.ctx.Done() == nil {
		return func() bool { return true }
	}
	budget, base, ctx := r.budget, r.base, r.ctx // of this execution, not of a session's next one
	return context.AfterFunc(ctx, func() { budget.Stop(r.reason(base, ctx)) })
}

// identify gives a run its id and the seed of its random numbers. Both follow from
// Random where that is given, so that a run which is repeated is the same run to the
// services that it marks its work for.
func identify(options RunOptions) (id string, seed uint64) {
	var b [8]byte
	if options.Random != nil {
		seed = options.Random.Uint64()
		binary.BigEndian.PutUint64(b[:], options.Random.Uint64())
	} else {
		_, _ = rand.Read(b[:]) // never fails
	}
	if id = options.ID; id == "" {
		id = hex.EncodeToString(b[:])
	}
	if options.Random == nil {
		sum := sha256.Sum256([]byte(id))
		seed = binary.LittleEndian.Uint64(sum[:])
	}
	return id, seed
}
