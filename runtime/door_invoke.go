package runtime

import "context"

// invoke ends the chain: it does the verb's work.
func invoke(ctx context.Context, c *Call) (result any, err error) {
	if c.Verb.Inline != nil {
		return c.Verb.Inline(ctx, c)
	}
	c.task.block(func() { result, err = c.Verb.Func(ctx, c) })
	return result, err
}
