package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
)

// A runReport gathers what a run does for the page of --report. All methods
// work on nil, which gathers nothing, and by many tasks at a time.
type runReport struct {
	path   string
	redact *apiclient.Redactor // learns what the clients do

	mu        sync.Mutex
	script    string
	clock     runtime.Clock
	virtual   bool
	started   time.Time // on the run's clock
	wallStart time.Time
	calls     []*reportCall
	events    int             // beginnings and ends of calls so far
	dropped   int             // calls that were too many to keep
	loose     []reportRequest // of no call: logins that many calls share
	lines     []reportLine
	size      int // bytes of lines
	cut       bool
}

// maxReportCalls bounds what a page shows, and what a report keeps.
const maxReportCalls = 5000

// A reportCall is one verb call, with the requests that it made.
type reportCall struct {
	path, verb, args string
	effect           runtime.Effect
	callsBack        bool // the script's functions run in it, with calls of their own
	start, end       time.Time
	began, over      int // positions among the beginnings and ends of all calls
	ended            bool
	err              *runtime.Error
	requests         []reportRequest
}

// newRunReport is for a script whose run has not begun: what fails before has a
// report as well.
func newRunReport(path, script string) *runReport {
	return &runReport{path: path, script: script, redact: &apiclient.Redactor{}, clock: runtime.NewVirtualClock(time.Time{})}
}

// begin tells on which clock the run is, and learns the keys of the environment,
// which a script that may read it could print.
func (r *runReport) begin(clock runtime.Clock, virtual bool, getenv func(string) string) {
	if r == nil {
		return
	}
	for _, name := range []string{"CLOUDSCRIPT_API_KEY", "CLOUDSCRIPT_LUNANODE_API_KEY"} {
		r.redact.LearnKey(apiclient.Secret(getenv(name)))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clock, r.virtual = clock, virtual
	r.started, r.wallStart = clock.Now(), time.Now()
}

// redactor learns what the clients keep secret.
func (r *runReport) redactor() *apiclient.Redactor {
	if r == nil {
		return &apiclient.Redactor{}
	}
	return r.redact
}

type reportCallKey struct{}

// link gathers the calls of a run. A call that the run's end cut off stays
// without an end.
func (r *runReport) link() runtime.Link {
	if r == nil {
		return nil
	}
	return func(next runtime.Handler) runtime.Handler {
		return func(ctx context.Context, c *runtime.Call) (any, error) {
			call := r.beginCall(c)
			result, err := next(context.WithValue(ctx, reportCallKey{}, call), c)
			r.endCall(call, err)
			return result, err
		}
	}
}

// learnArgument learns a secret argument: a text, or each text of a table. In a header's value what
// comes last is the secret: Bearer and a token.
func (r *runReport) learnArgument(v any) {
	switch v := v.(type) {
	case string:
		r.redact.Learn(apiclient.Secret(v))
	case map[string]string:
		for _, text := range v {
			r.redact.Learn(apiclient.Secret(text), apiclient.Secret(text[strings.LastIndexByte(text, ' ')+1:]))
		}
	}
}

func (r *runReport) beginCall(c *runtime.Call) *reportCall {
	call := &reportCall{path: c.Path(), verb: c.Verb.Name, effect: c.Verb.Effect}
	call.callsBack = strings.HasPrefix(call.verb, "task.") || strings.HasPrefix(call.verb, "parallel.") ||
		slices.ContainsFunc(c.Verb.Params, func(p runtime.Param) bool { return p.Type == runtime.Callback })
	for _, p := range c.Verb.Params {
		if p.Secret {
			r.learnArgument(c.Any(p.Name))
		}
	}
	call.args = r.arguments(c)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events++
	call.start, call.began = r.clock.Now(), r.events
	if len(r.calls) >= maxReportCalls {
		r.dropped++
		return call
	}
	r.calls = append(r.calls, call)
	return call
}

func (r *runReport) endCall(call *reportCall, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events++
	call.end, call.over, call.ended = r.clock.Now(), r.events, true
	call.err = asRuntimeError(err)
}

// took is how long the call lasted; one without an end lasts until the run's.
func (c *reportCall) took(end time.Time) time.Duration {
	if c.ended {
		end = c.end
	}
	return end.Sub(c.start)
}

// retries are the requests' attempts after their first.
func (c *reportCall) retries() int {
	n := 0
	for _, q := range c.requests {
		n += q.retries()
	}
	return n
}

// waited is the call's time other than in requests that were made once: sleeping,
// waiting for a state, held back by a limit of rate, and in requests that were
// repeated, with the pauses before. A call in which the script's functions ran
// did not wait itself.
func (c *reportCall) waited(end time.Time) time.Duration {
	if c.callsBack {
		return 0
	}
	waited := c.took(end)
	for _, q := range c.requests {
		if q.attempts <= 1 {
			waited -= q.duration - q.held
		}
	}
	return max(waited, 0)
}

// asRuntimeError is the error in the form that it has for scripts.
func asRuntimeError(err error) *runtime.Error {
	var e *runtime.Error
	if err != nil && !errors.As(err, &e) {
		e = &runtime.Error{Kind: runtime.Internal, Message: err.Error()}
	}
	return e
}
