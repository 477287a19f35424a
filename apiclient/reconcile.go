package apiclient

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A Look finds, by reads alone, what a call would have made. It is asked when the call's
// answer was lost and the call must not be repeated blindly.
type Look func(ctx context.Context) ([]Found, error)

// A Found is one thing that a call whose answer was lost may have made.
type Found struct {
	What   string    // as a person names it: "server 40117"
	Answer *Response // what the call would have answered
	Doubt  string    // why it may be somebody else's work; "" when it can only be this call's
}

// How long a thing may take to be seen after the call that made it: it is looked for four
// times within 14 seconds before the call counts as not carried out.
const (
	looks     = 4
	firstLook = 2 * time.Second
)

// Reconciled is the link that finds out what became of a call that may have been carried out
// although it failed. It is for calls with a Look; all others pass. What the call made is
// adopted: the caller gets the answer that was lost. If there is nothing, the call is made
// again, up to policy.MaxAttempts times in all and while the quota lasts. If that cannot be
// decided the error is of KindOutcomeUnknown, and its hint says what to look at.
//
// It stands outside Retried, which has done what may be done without looking.
func Reconciled(next Handler, policy RetryPolicy, clk clock.Clock, redact *Redactor) Handler {
	return &reconciler{next: next, policy: policy.withDefaults(), clock: clk, redact: redact}
}

type reconciler struct {
	next   Handler
	policy RetryPolicy
	clock  clock.Clock
	redact *Redactor
}

func (r *reconciler) Do(ctx context.Context, req *Request) (*Response, error) {
	if req.Look == nil {
		return r.next.Do(ctx, req)
	}
	attempts := 0
	for round := 1; ; round++ {
		resp, err := r.next.Do(ctx, req)
		if err == nil {
			resp.Attempts += attempts
			if round > 1 {
				return r.once(ctx, req, resp)
			}
			return resp, nil
		}
		e := AsError(req, err)
		attempts += e.Attempts
		e.Attempts = attempts
		if !e.MayHaveActed || ctx.Err() != nil {
			return nil, e
		}
		found, err := r.look(ctx, req)
		switch {
		case err != nil:
			return nil, undecided(req, e, "looking failed as well: "+AsError(req, err).Summary())
		case len(found) == 1 && found[0].Doubt == "":
			usageFrom(ctx).adopt()
			resp = found[0].Answer
			resp.Attempts = attempts
			return resp, nil
		case len(found) > 0:
			return nil, undecided(req, e, suspects(found))
		case e.Status/100 == 2:
			return nil, e // the service said that it did it; doing it again would not be a repetition
		case round >= r.policy.MaxAttempts || !r.policy.Quota.take(retryCost):
			return nil, undecided(req, e, "nothing of it is to be seen yet")
		}
	}
}

// look looks until there is something, or until it can be taken that nothing will come.
func (r *reconciler) look(ctx context.Context, req *Request) (found []Found, err error) {
	wait := firstLook
	for n := 1; ; n++ {
		if found, err = req.Look(ctx); err != nil || len(found) > 0 || n == looks {
			return found, err
		}
		if err := r.clock.Sleep(ctx, wait); err != nil {
			return nil, r.redact.Ended(ctx, req, "looking whether it was carried out", err)
		}
		wait *= 2
	}
}

// once checks a call that succeeded after an attempt that had left nothing to be seen: that
// attempt may have taken effect late. A look that fails proves nothing.
func (r *reconciler) once(ctx context.Context, req *Request, resp *Response) (*Response, error) {
	found, err := req.Look(ctx)
	if err != nil {
		return resp, nil
	}
	var certain []Found
	for _, f := range found {
		if f.Doubt == "" {
			certain = append(certain, f)
		}
	}
	if len(certain) < 2 {
		return resp, nil
	}
	e := r.redact.AnswerError(req, resp, KindOutcomeUnknown, "carried out more than once: there are "+names(certain))
	e.Hint = "an attempt whose answer was lost took effect late: keep one of them and delete the rest"
	e.settled = true
	return nil, e
}

// undecided makes the error one of an unknown outcome.
func undecided(req *Request, e *Error, why string) *Error {
	e.Kind = KindOutcomeUnknown
	e.Hint = inDoubt(req) + " (" + why + ")"
	return e
}

func suspects(found []Found) string {
	if len(found) == 1 {
		return found[0].What + " may be it, but " + found[0].Doubt
	}
	return fmt.Sprintf("any of these may be it: %s", names(found))
}

func names(found []Found) string {
	var all []string
	for _, f := range found {
		all = append(all, f.What)
	}
	return strings.Join(all, ", ")
}
