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
				"(bytes), recursion (how much deeper calls may nest), memory (bytes), calls_of (calls of some verbs, by what " +
				"the limit names: a verb, a pattern, an effect). A limit that is not set is absent. Memory is an estimate: it goes by the " +
				"heap of the process, garbage and all that others keep there included, and a run is ended some 16 MB later.",
			Returns: "table",
			Example: `local left = limits.remaining()
if left.calls and left.calls < 10 then log.warn("nearly out of calls") end
if left.calls_of and left.calls_of.create == 0 then log.warn("this run may make nothing more") end`,
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				left := c.Remaining()
				out := map[string]any{}
				for name, n := range map[string]float64{"steps": float64(left.Steps), "calls": float64(left.Calls),
					"time": left.Time.Seconds(), "tasks": float64(left.Tasks), "output": float64(left.Output),
					"recursion": float64(left.Recursion), "memory": float64(left.Memory)} {
					if n != 0 {
						out[name] = max(n, 0)
					}
				}
				if left.CallsOf != nil {
					callsOf := map[string]any{}
					for verbs, n := range left.CallsOf {
						callsOf[verbs] = float64(max(n, 0))
					}
					out["calls_of"] = callsOf
				}
				return out, nil
			},
		}},
	}
}
