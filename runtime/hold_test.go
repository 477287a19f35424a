package runtime

import (
	"context"
	"testing"
)

// Two calls that are under way hold more together than either may take.
func TestCallsHoldMemoryTogether(t *testing.T) {
	first := make(chan struct{})
	rt := newCloud(t, func(c *Config) {
		c.Limits.Memory = 5 << 20
		c.Modules = append(c.Modules, Module{Name: "box", Doc: "Boxes.", Verbs: []Verb{{Name: "box.take", Doc: "Takes memory.",
			Params: []Param{{Name: "waits", Type: Boolean, Required: true}},
			Func: func(ctx context.Context, c *Call) (any, error) {
				if !c.Bool("waits") {
					<-first
				}
				if err := c.Hold(3 << 20); err != nil || !c.Bool("waits") {
					return nil, err
				}
				close(first)
				<-ctx.Done()
				return nil, context.Cause(ctx)
			}}}})
	})
	e := fails(t, rt, `pcall(try.each, {true, false}, box.take, {collect = true}) print("went on")`)
	if e.Kind != Limit || e.Message != "calls ask for 6MiB of memory at once; the run may have 5MiB" {
		t.Errorf("%s: %v", e.Kind, e)
	}
	prints(t, rt, `box.take(false) box.take(false) print("let go")`, "let go\n")
}
