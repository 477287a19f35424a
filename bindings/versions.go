package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func versionsModule(client *rackspace.Client) runtime.Module {
	return runtime.Module{
		Name: "versions",
		Doc:  "Versions of the Cloud Servers API.",
		Verbs: []runtime.Verb{
			{
				Name: "versions.list", Effect: runtime.Read,
				Doc:     "The versions that the service speaks, each with id and status.",
				Returns: "list of table", Errors: cloudErrors(),
				Example: `print(versions.list()[1].id)`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					found, err := client.Versions.List(ctx)
					if err != nil {
						return nil, failure(err)
					}
					var rows runtime.Rows
					for _, v := range found {
						rows.Raw = append(rows.Raw, v.Raw)
					}
					return rows, nil
				},
			},
			{
				Name: "versions.get", Effect: runtime.Read,
				Doc:     "Version 1.0: id, status, docURL and wadl.",
				Returns: "table", Errors: cloudErrors(),
				Example: `print(versions.get().status)`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					version, err := client.Versions.Get(ctx)
					if err != nil {
						return nil, failure(err)
					}
					return runtime.JSON{Raw: version.Raw}, nil
				},
			},
		},
	}
}
