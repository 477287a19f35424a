package runtime

import (
	"context"
	"errors"
)

// audit tells the host of each call that went through.
func (r *run) audit(next Handler) Handler {
	onCall := r.rt.config.OnCall
	if onCall == nil {
		return next
	}
	return func(ctx context.Context, c *Call) (any, error) {
		start := r.clock.Now()
		result, err := next(ctx, c)
		event := CallEvent{RunID: r.id, Path: c.Path(), Verb: c.Verb.Name, Effect: c.Verb.Effect, Args: c.Arguments(),
			Start: start, Duration: r.clock.Now().Sub(start)}
		if err != nil && !errors.As(err, &event.Err) {
			event.Err = &Error{Kind: Internal, Message: err.Error(), Cause: err}
		}
		onCall(event)
		return result, err
	}
}
