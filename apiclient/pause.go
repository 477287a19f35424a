package apiclient

import (
	"context"
	"fmt"
	"time"
)

// A Pause is a wait of a call that is not over: before its next attempt, or for a rate limit. It
// holds no secrets.
type Pause struct {
	Op      string
	For     time.Duration // about; 0 when nobody knows
	Attempt int           // that failed; 0 where a limit holds the call back
	Err     *Error        // how it failed
	Limit   string        // the limit: "10 POST calls a minute on *"
}

// String says it in words: "waits 20s after over_limit: Too many requests... (attempt 3)".
func (p Pause) String() string {
	text := "waits"
	if p.For > 0 {
		text += " " + p.For.Round(time.Second).String()
	}
	if p.Err == nil {
		return text + " for the rate limit of " + p.Limit
	}
	text += " after " + string(p.Err.Kind)
	if s := p.Err.Summary(); s != "" {
		text += ": " + s
	}
	return text + fmt.Sprintf(" (attempt %d)", p.Attempt)
}

// A PauseObserver is told of pauses, from the call's own goroutine. A call that is refused for
// the rate is repeated as long as its context allows, so this is how one learns that it is.
type PauseObserver func(ctx context.Context, pause Pause)

// worthTelling is the pause below which nobody is told.
const worthTelling = time.Second

type pausesKey struct{}

// WithPauses is a context whose calls tell observe, after whoever is told already.
func WithPauses(ctx context.Context, observe PauseObserver) context.Context {
	if earlier, ok := ctx.Value(pausesKey{}).(PauseObserver); ok {
		return context.WithValue(ctx, pausesKey{}, PauseObserver(func(ctx context.Context, pause Pause) {
			earlier(ctx, pause)
			observe(ctx, pause)
		}))
	}
	return context.WithValue(ctx, pausesKey{}, observe)
}

// Observed is the link that tells observe of each call's pauses. A nil observe is no link.
func Observed(next Handler, observe PauseObserver) Handler {
	if observe == nil {
		return next
	}
	return HandlerFunc(func(ctx context.Context, req *Request) (*Response, error) {
		return next.Do(WithPauses(ctx, observe), req)
	})
}

// tellPause tells whoever wants to know of a pause that is about to begin.
func tellPause(ctx context.Context, pause Pause) {
	if observe, ok := ctx.Value(pausesKey{}).(PauseObserver); ok && (pause.For == 0 || pause.For >= worthTelling) {
		observe(ctx, pause)
	}
}
