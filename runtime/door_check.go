package runtime

import "context"

// checkArguments turns what the script passed into what the verb declares.
func checkArguments(next Handler) Handler {
	return func(ctx context.Context, c *Call) (any, error) {
		if err := c.bind(); err != nil {
			return nil, err
		}
		return next(ctx, c)
	}
}
