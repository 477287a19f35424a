package stdlib

import (
	"context"
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
)

func envModule(granted []string, lookup func(string) (string, bool)) runtime.Module {
	return runtime.Module{Name: "env", Doc: "Variables of the environment, those that the host grants by name.", Verbs: []runtime.Verb{{
		Name:   "env.get",
		Effect: runtime.Read,
		Doc:    "The value of a variable, or the default if it is not set.",
		Params: []runtime.Param{
			{Name: "name", Type: runtime.String, Required: true, MaxLen: 1000, Doc: "the variable"},
			{Name: "default", Type: runtime.String, Doc: "what to return instead of nil"},
		},
		Returns: "string",
		Errors:  []runtime.Kind{runtime.Denied},
		Example: `print(env.get("REGION", "dfw"))`,
		Func: func(_ context.Context, c *runtime.Call) (any, error) {
			name := c.String("name")
			if !slices.Contains(granted, name) {
				return nil, &runtime.Error{Kind: runtime.Denied, Message: "this host does not grant the variable " + name,
					Hint: "to grant it: --env " + name + " on the command line, stdlib.Config.Env in Go"}
			}
			if value, ok := lookup(name); ok {
				return value, nil
			}
			return c.Any("default"), nil
		},
	}}}
}
