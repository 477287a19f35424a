package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func limitsModule(client *rackspace.Client) runtime.Module {
	return runtime.Module{
		Name: "limits",
		Verbs: []runtime.Verb{{
			Name: "limits.get", Effect: runtime.Read,
			Doc: "What the Cloud Servers account may do: absolute (counts and megabytes by name) and rate " +
				"(a list with verb, URI, value, remaining, unit and resetTime, in seconds since 1970).",
			Returns: "table",
			Example: `print(limits.get().absolute.maxTotalRAMSize)`,
			Errors:  cloudErrors(),
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				limits, err := client.Limits.Get(ctx)
				if err != nil {
					return nil, failure(err)
				}
				return runtime.JSON{Raw: limits.Raw}, nil
			},
		}},
	}
}
