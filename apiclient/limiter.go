package apiclient

import "context"

// A Limiter spaces calls out so that the server need not refuse them. It is safe for
// many goroutines.
type Limiter interface {
	// Wait returns when the call may be sent, or the context's cause.
	Wait(ctx context.Context, req *Request) error
	// Learn sees what became of an attempt; err is nil for a success.
	Learn(req *Request, err *Error)
}

// Limited is the link that asks limiter before each attempt. It stands outside the link
// that signs, so that a token or nonce is taken after the wait. A nil limiter is no limit.
func Limited(next Handler, limiter Limiter, redact *Redactor) Handler {
	if limiter == nil {
		return next
	}
	return HandlerFunc(func(ctx context.Context, req *Request) (*Response, error) {
		if err := limiter.Wait(ctx, req); err != nil {
			return nil, redact.Ended(ctx, req, "waiting for the rate limit", err)
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
