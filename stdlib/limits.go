package stdlib

import (
	"context"

	"github.com/cloudscript/cloudscript/runtime"
)

func limitsModule() runtime.Module {
	return runtime.Module{
		Name: "limits",
		Doc:  "Limits: of the account, and of this run.",
		Verbs: []runtime.Verb{{
			Name: "limits.remaining",
			Doc: "What this run may still use before it is ended: steps, calls (of verbs), time (seconds), tasks, output " +
				"(bytes). A limit that is not set is absent.",
			Returns: "table",
			Example: `local left = limits.remaining()
if left.calls and left.calls < 10 then log.warn("nearly out of calls") end`,
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				left := c.Remaining()
				out := map[string]any{}
				for name, n := range map[string]float64{"steps": float64(left.Steps), "calls": float64(left.Calls),
					"time": left.Time.Seconds(), "tasks": float64(left.Tasks), "output": float64(left.Output)} {
					if n != 0 {
						out[name] = max(n, 0)
					}
				}
				return out, nil
			},
		}},
	}
}
