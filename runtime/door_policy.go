package runtime

import (
	"context"
	"errors"
)

// enforcePolicy refuses what the runtime's policy does not allow.
func (r *run) enforcePolicy(next Handler) Handler {
	decide := r.rt.config.Policy.Decide
	if decide == nil {
		return next
	}
	return func(ctx context.Context, c *Call) (any, error) {
		if err := decide(c); err != nil {
			var e *Error
			if !errors.As(err, &e) {
				e = &Error{Kind: Denied, Message: err.Error(), Cause: err}
			}
			return nil, e
		}
		return next(ctx, c)
	}
}
