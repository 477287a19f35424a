package runtime

import "context"

// budget counts verb calls and refuses the one that is too many.
func (r *run) budget(next Handler) Handler {
	return func(ctx context.Context, c *Call) (any, error) {
		if limit := r.limits.Calls; limit > 0 && r.stats.Calls >= limit {
			return nil, Errorf(Limit, "the run may make %d verb calls, and has made them", limit)
		}
		r.stats.Calls++
		return next(ctx, c)
	}
}
