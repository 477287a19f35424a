package runtime

import "context"

// enforcePolicy refuses what the runtime's policy does not allow.
func (r *run) enforcePolicy(next Handler) Handler {
	p := &r.rt.config.Policy
	if p.allowsAll() {
		return next
	}
	return func(ctx context.Context, c *Call) (any, error) {
		meant := c.meant()
		subject, err := p.subjectOf(ctx, meant)
		if err != nil {
			return nil, err
		}
		if err := p.decide(c, meant, subject); err != nil {
			return nil, err
		}
		return next(ctx, c)
	}
}
