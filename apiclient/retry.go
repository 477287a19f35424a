package apiclient

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A RetryPolicy says how often and how patiently a call is repeated; what may be repeated
// is fixed (see the package comment). The zero value is the default.
type RetryPolicy struct {
	MaxAttempts   int           // for all but rate refusals; default 4
	BaseDelay     time.Duration // upper bound of the first wait; default 250 ms
	MaxDelay      time.Duration // upper bound of any wait that the server did not ask for; default 20 s
	MaxRetryAfter time.Duration // the longest wait that the server may ask for where the caller set no time; default 15 min
	Quota         *Quota        // share one between clients of one endpoint; nil makes one

	// Jitter returns numbers in [0, 1). Default: math/rand.
	Jitter func() float64
}

func (p RetryPolicy) withDefaults() RetryPolicy {
	if p.MaxAttempts <= 0 {
		p.MaxAttempts = 4
	}
	if p.BaseDelay <= 0 {
		p.BaseDelay = 250 * time.Millisecond
	}
	if p.MaxDelay <= 0 {
		p.MaxDelay = 20 * time.Second
	}
	if p.MaxRetryAfter <= 0 {
		p.MaxRetryAfter = 15 * time.Minute
	}
	if p.Quota == nil {
		p.Quota = &Quota{}
	}
	if p.Jitter == nil {
		p.Jitter = rand.Float64
	}
	return p
}

// Retried is the link that repeats what may be repeated.
func Retried(next Handler, policy RetryPolicy, clk clock.Clock, redact *Redactor) Handler {
	return &retrier{next: next, policy: policy.withDefaults(), clock: clk, redact: redact}
}

type retrier struct {
	next   Handler
	policy RetryPolicy
	clock  clock.Clock
	redact *Redactor
}

func (r *retrier) Do(ctx context.Context, req *Request) (*Response, error) {
	acted := false // an earlier attempt may have been carried out
	counted := 0   // attempts that count against MaxAttempts
	lastTaken := 1 // what a success gives back to the quota
	for attempt := 1; ; attempt++ {
		resp, err := r.next.Do(ctx, req)
		if err == nil {
			r.policy.Quota.give(lastTaken)
			resp.Attempts = attempt
			return resp, nil
		}
		e := AsError(req, err)
		if e.settled {
			return nil, e
		}
		e.Attempts = attempt
		if acted && req.GoneIsDone && e.Kind == KindNotFound {
			return &Response{Status: http.StatusNoContent, Header: http.Header{}, Attempts: attempt}, nil
		}
		r.settle(ctx, req, e)
		e.MayHaveActed = e.MayHaveActed || acted
		acted = e.MayHaveActed

		wait, cost, again := r.decide(ctx, req, e, counted+1)
		if !again || !r.policy.Quota.take(cost) {
			e.settled = true
			return nil, e
		}
		if cost > 0 {
			counted++
			lastTaken = cost
		}
		tellPause(ctx, Pause{Op: req.Op, For: wait, Attempt: attempt, Err: e})
		if err := r.clock.Sleep(ctx, wait); err != nil {
			return nil, r.gaveUp(ctx, req, e, err)
		}
	}
}

// settle names the failures that leave a call that changes something in doubt.
func (r *retrier) settle(ctx context.Context, req *Request, e *Error) {
	if req.Effect == EffectRead {
		e.MayHaveActed = false
		return
	}
	gateway := e.Status == http.StatusBadGateway || e.Status == http.StatusGatewayTimeout
	if gateway || e.Kind == KindServerError {
		// Recorded: a create that answered 500 and whose server exists.
		e.MayHaveActed = true
	}
	if !e.MayHaveActed {
		return
	}
	if req.Repeatable() {
		if e.Hint == "" && e.Status == 0 {
			e.Hint = "it may have been carried out; doing it again does no harm"
		}
		return
	}
	if gateway || ctx.Err() == nil && (e.Kind == KindUnreachable || e.Kind == KindTimeout) {
		e.Kind = KindOutcomeUnknown
	}
	if e.Hint == "" && e.Status/100 != 2 {
		e.Hint = inDoubt(req)
	}
}

func inDoubt(req *Request) string {
	if req.LookAt == "" {
		return "it may have been carried out: look before you try again"
	}
	return "it may have been carried out: before trying again, " + req.LookAt
}

// decide says whether to try again, after how long, and what that costs. Attempts that the
// server refused for the rate cost nothing: waiting as told is not what a quota is against.
func (r *retrier) decide(ctx context.Context, req *Request, e *Error, counted int) (wait time.Duration, cost int, again bool) {
	if ctx.Err() != nil {
		return 0, 0, false
	}
	if e.Kind == KindOverLimit {
		return r.afterRefusal(ctx, e)
	}
	if counted >= r.policy.MaxAttempts || untrusted(e.Cause) {
		return 0, 0, false
	}
	cost = retryCost
	switch e.Kind {
	case KindUnreachable, KindUnavailable, KindServerError:
	case KindTimeout:
		cost = timeoutCost
	default:
		return 0, 0, false
	}
	unsent := e.Status == 0 && !e.MayHaveActed
	if !req.Repeatable() && !unsent {
		return 0, 0, false
	}
	wait = r.policy.backoff(counted)
	if r.tooLong(ctx, e.RetryAfter) != "" {
		return 0, 0, false
	}
	return max(wait, e.RetryAfter), cost, true
}

// tooLong says what is wrong with a wait that the server asks for, "" if nothing: it may take what
// is left of the time that the caller set, and else as long as the policy says.
func (r *retrier) tooLong(ctx context.Context, wait time.Duration) string {
	if wait <= r.policy.MaxRetryAfter {
		return ""
	}
	end, limited := clock.End(ctx)
	left := end.Sub(r.clock.Now())
	switch {
	case limited && wait <= left:
		return ""
	case limited && left > 0:
		return fmt.Sprintf("the server asks to wait %v, and %v are left", wait, left.Round(time.Second))
	}
	return fmt.Sprintf("the server asks to wait %v; without a time limit a call waits %v at most", wait, r.policy.MaxRetryAfter)
}

func (r *retrier) afterRefusal(ctx context.Context, e *Error) (wait time.Duration, cost int, again bool) {
	if hint := r.tooLong(ctx, e.RetryAfter); hint != "" {
		e.Hint = hint
		return 0, 0, false
	}
	switch {
	case e.RetryAfter > 0:
		// Callers that were refused together must not come back together.
		return e.RetryAfter + r.policy.backoff(1), 0, true
	case e.Status != http.StatusRequestEntityTooLarge:
		// 429, or the 403 of one recorded server: always a rate, never an absolute limit.
		return r.policy.backoff(e.Attempts), 0, true
	}
	return 0, 0, false
}

// gaveUp is the error of a call whose context ended before its next attempt.
func (r *retrier) gaveUp(ctx context.Context, req *Request, last *Error, err error) *Error {
	e := r.redact.Ended(ctx, req, "waiting to try again, after: "+string(last.Kind)+": "+last.Summary(), err)
	e.URL, e.Status, e.Fault, e.RequestID = last.URL, last.Status, last.Fault, last.RequestID
	e.RetryAfter, e.Attempts, e.MayHaveActed, e.Hint = last.RetryAfter, last.Attempts, last.MayHaveActed, last.Hint
	e.settled = true
	return e
}
