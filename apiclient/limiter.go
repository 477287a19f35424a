package apiclient

import (
	"context"
	"errors"
)

// A Limiter spaces calls out so that the server need not refuse them. It is safe for
// many goroutines. RateLimiter is one.
type Limiter interface {
	// Wait returns when the call may be sent, or the context's cause, which may be in a
	// *HeldBack.
	Wait(ctx context.Context, req *Request) error
	// Learn sees what became of an attempt; err is nil for a success.
	Learn(req *Request, err *Error)
}

// HeldBack is the end of a wait for a limit. It tells such a wait from a refusal.
type HeldBack struct {
	By    string // the limit: "10 POST calls a minute on *"
	Cause error
}

// Error says what was waited for.
func (e *HeldBack) Error() string {
	return "held back for the limit of " + e.By + ": " + e.Cause.Error()
}

// Unwrap returns the context's cause.
func (e *HeldBack) Unwrap() error { return e.Cause }

// Limited is the link that asks limiter before each attempt. It stands outside the link
// that signs, so that a token or nonce is taken after the wait. A nil limiter is no limit.
func Limited(next Handler, limiter Limiter, redact *Redactor) Handler {
	if limiter == nil {
		return next
	}
	return HandlerFunc(func(ctx context.Context, req *Request) (*Response, error) {
		if err := limiter.Wait(ctx, req); err != nil {
			doing := "waiting for the rate limit"
			var held *HeldBack
			if errors.As(err, &held) {
				doing += " of " + held.By + " (held back here: the service did not refuse this call)"
			}
			return nil, redact.Ended(ctx, req, doing, err)
		}
		resp, err := next.Do(ctx, req)
		if err != nil {
			e := AsError(req, err)
			limiter.Learn(req, e)
			return nil, e
		}
		limiter.Learn(req, nil)
		return resp, nil
	})
}
