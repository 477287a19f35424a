package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

const flavorObject = "flavor"

func flavorsModule(client *rackspace.Client, names *names) runtime.Module {
	return runtime.Module{
		Name: "flavors",
		Doc:  "Flavors of Cloud Servers: the sizes of servers.",
		Objects: []runtime.ObjectType{{
			Name: flavorObject, Key: "id", Doc: "A size of servers.",
			Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID, Doc: "the flavor's number"},
				{Name: "name", Type: runtime.String, Doc: `such as "512 server"`},
				{Name: "ram", Type: runtime.Integer, Doc: "memory in megabytes"},
				{Name: "disk", Type: runtime.Integer, Doc: "disk in gigabytes"},
			},
			Columns: []string{"id", "name", "ram", "disk"},
		}},
		Verbs: []runtime.Verb{
			listVerb("flavors", flavorObject, "The flavors that servers can have.", false, client.Flavors),
			eachVerb("flavors", flavorObject, false, client.Flavors),
			{
				Name: "flavors.get", Effect: runtime.Read, Method: flavorObject,
				Doc:     "A flavor, by id or by name.",
				Params:  []runtime.Param{namedParam("flavor")},
				Returns: flavorObject,
				Example: `print(flavors.get("512 server").ram)`,
				Errors:  cloudErrors(runtime.NotFound),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					id, err := names.id(ctx, c.Clock(), c.String("flavor"))
					if err != nil {
						return nil, err
					}
					flavor, err := client.Flavors.Get(ctx, id)
					if err != nil {
						return nil, failure(err)
					}
					return runtime.JSON{Type: flavorObject, Raw: flavor.Raw}, nil
				},
			},
		},
	}
}
