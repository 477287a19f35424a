package runtime

import (
	"context"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
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

// What calls hold and what the script keeps count together, whether the run is the only
// one or its values have to be measured.
func TestWhatIsHeldCountsWithWhatIsKept(t *testing.T) {
	for _, alone := range []bool{true, false} {
		rt := newCloud(t, func(c *Config) {
			c.Limits.Memory = 40 << 20
			c.Modules = append(c.Modules, Module{Name: "box", Doc: "Boxes.", Verbs: []Verb{{Name: "box.take", Doc: "Takes memory.",
				Func: func(ctx context.Context, c *Call) (any, error) {
					const bytes = 30 << 20
					if err := c.Hold(bytes); err != nil {
						return nil, err
					}
					return strings.Repeat("x", bytes), nil
				}}}})
		})
		if !alone {
			other, err := rt.newRun(RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer rt.memory.watch(other, vm.NewBudget(vm.BudgetOptions{}), nil)()
		}
		prints(t, rt, `for i = 1, 5 do local s = box.take() end print("no more than one at a time")`, "no more than one at a time\n")
		var e *Error
		staysWithin(t, 40<<20+16<<20, func() { e = fails(t, rt, `local kept = ("x"):rep(35e6) box.take() print("went on", #kept)`) })
		if e.Kind != Limit || e.Message != "the run takes more than its 40MiB of memory" {
			t.Errorf("alone: %v: %s: %v", alone, e.Kind, e)
		}
	}
}
