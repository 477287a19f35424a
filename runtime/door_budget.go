package runtime

import "context"

// countCalls counts verb calls and refuses the one that is too many.
func (r *run) countCalls(next Handler) Handler {
	return func(ctx context.Context, c *Call) (any, error) {
		if limit := r.limits.Calls; limit > 0 && r.stats.Calls >= limit+r.extra.Calls {
			return nil, r.limits.hit("calls", "the run used up its %d verb calls", limit)
		}
		if e := r.countCall(c); e != nil {
			return nil, e
		}
		r.stats.Calls++
		return next(ctx, c)
	}
}
