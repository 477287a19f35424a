package main

import (
	"context"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// login is the operation that no call of a script's stands for.
const login = "auth"

func noSuchVerb(verb string) error {
	e := runtime.Errorf(runtime.Usage, "no cloud has a verb %q", verb)
	e.Hint = operationHint(verb)
	return e
}

func countVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "sim.count",
		Doc:  "How many requests of a verb the clouds have had in this test, repetitions and those that went wrong among them.",
		Params: []runtime.Param{
			{Name: "verb", Type: runtime.String, Required: true, Doc: `a verb, or "auth" for the log-in`},
		},
		Returns: "number",
		Example: `t.equal(sim.count("servers.create"), 2)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			verb := c.String("verb")
			if strings.Contains(verb, "*") {
				return nil, runtime.Errorf(runtime.Usage, "parameter \"verb\": expected one verb, got the pattern %q", verb)
			}
			if !simulator.HasOperation(verb) {
				return nil, noSuchVerb(verb)
			}
			return w.sim.Count(verb), nil
		},
	}
}
