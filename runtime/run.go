package runtime

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// A run is one execution. Its fields below state are touched only by the task
// that holds the baton.
type run struct {
	rt     *Runtime
	id     string
	clock  Clock
	stdout io.Writer
	limits Limits
	handle Handler // the door

	baton baton

	state   *lua.LState
	json    *luajson.Codec
	current *task
	stats   Stats
}

// Run executes a program and waits for its end and the end of everything that it
// started. The error is an *Error; the Result is nil then. Ending ctx cancels
// the run.
//
// Run must not be called from a goroutine that was started with the Clock's Go.
func (rt *Runtime) Run(ctx context.Context, p *Program, options RunOptions) (*Result, error) {
	r, err := rt.newRun(options)
	if err != nil {
		return nil, err
	}
	defer r.close()
	var values []lua.LValue
	err = r.execute(ctx, func(t *task) (err error) {
		values, err = r.call(r.state, r.state.NewFunctionFromProto(p.proto))
		return err
	})
	if err != nil {
		return nil, err
	}
	res := &Result{Stats: r.stats}
	for _, v := range values {
		res.Values = append(res.Values, r.toGo(v))
	}
	return res, nil
}

func (rt *Runtime) newRun(options RunOptions) (*run, error) {
	r := &run{rt: rt, id: options.ID, clock: rt.clock, stdout: options.Stdout, limits: options.Limits.over(rt.config.Limits)}
	if r.id == "" {
		r.id = newID()
	}
	if r.stdout == nil {
		r.stdout = io.Discard
	}
	r.handle = r.door(options)
	if err := r.open(options); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *run) close() { r.state.Close() }

// execute runs f as the main task on a goroutine that the clock counts, and
// waits for its end.
func (r *run) execute(ctx context.Context, f func(t *task) error) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	started := r.clock.Now()
	done := make(chan struct{})
	r.clock.Go(func() {
		defer close(done)
		r.baton.take()
		defer r.baton.pass()
		t := &task{run: r, ctx: ctx}
		t.start()
		r.state.SetContext(ctx)
		err = f(t)
		r.stats.Time += r.clock.Now().Sub(started)
	})
	<-done
	return err
}

func (r *run) progress(c *Call, line string) {
	if f := r.rt.config.OnProgress; f != nil {
		f(ProgressEvent{RunID: r.id, Path: c.Path(), Verb: c.Verb.Name, Line: line})
	}
}

// over are the limits with those of base where none is set.
func (l Limits) over(base Limits) Limits {
	pick := func(a, b int64) int64 {
		if a != 0 {
			return a
		}
		return b
	}
	return Limits{
		Steps:  pick(l.Steps, base.Steps),
		Memory: pick(l.Memory, base.Memory),
		Time:   time.Duration(pick(int64(l.Time), int64(base.Time))),
		Calls:  pick(l.Calls, base.Calls),
		Tasks:  int(pick(int64(l.Tasks), int64(base.Tasks))),
		Output: pick(l.Output, base.Output),
	}
}

func newID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
