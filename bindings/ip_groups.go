package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

const ipGroupObject = "ip_group"

func ipGroupsModule(client *rackspace.Client) runtime.Module {
	id := idParam("id", "the group")
	return runtime.Module{
		Name: "ip_groups",
		Doc:  "Shared IP groups: servers that may share their public addresses.",
		Objects: []runtime.ObjectType{{
			Name: ipGroupObject, Key: "id", Doc: "Servers that may share their public addresses.",
			Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID, Doc: "the group's number"},
				{Name: "name", Type: runtime.String, Doc: "a label"},
				{Name: "servers", Type: runtime.List, Doc: "the ids of its members"},
			},
			Columns: []string{"id", "name", "servers"},
		}},
		Verbs: []runtime.Verb{
			listVerb("ip_groups", ipGroupObject, "The account's shared IP groups.", true, client.IPGroups),
			eachVerb("ip_groups", ipGroupObject, true, client.IPGroups),
			{
				Name: "ip_groups.get", Effect: runtime.Read, Method: ipGroupObject, Params: []runtime.Param{id},
				Doc:     "A group with its members.",
				Returns: ipGroupObject, Errors: cloudErrors(runtime.NotFound),
				Example: `print(#ip_groups.get(310).servers)`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					group, err := client.IPGroups.Get(ctx, rackspace.ID(c.String("id")))
					if err != nil {
						return nil, failure(err)
					}
					return runtime.JSON{Type: ipGroupObject, Raw: group.Raw}, nil
				},
			},
			{
				Name: "ip_groups.create", Effect: runtime.Create,
				Doc: "Makes a group. The server given becomes its first member; " +
					"others join by being created with ip_group. " +
					"If the answer is lost, the group is looked for by its name among those that were not there before.",
				Params: []runtime.Param{
					{Name: "name", Type: runtime.String, Required: true, Doc: "a label"},
					{Name: "server", Type: runtime.ID, Doc: "the first member"},
				},
				Returns: ipGroupObject, Errors: changeErrors(runtime.NotFound, runtime.BadRequest),
				Example: `local group = ip_groups.create("reports-ha", 40131)`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					group, err := client.IPGroups.Create(ctx, rackspace.IPGroupCreate{Name: c.String("name"), ServerID: rackspace.ID(c.String("server"))})
					if err != nil {
						return nil, failure(err)
					}
					return runtime.JSON{Type: ipGroupObject, Raw: group.Raw}, nil
				},
			},
			{
				Name: "ip_groups.delete", Effect: runtime.Destroy, Method: ipGroupObject, Params: []runtime.Param{id},
				Doc:     "Deletes a group whose members share no address.",
				Example: `ip_groups.delete(310)`,
				Errors:  changeErrors(runtime.NotFound, runtime.BadRequest),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return done(client.IPGroups.Delete(ctx, rackspace.ID(c.String("id"))))
				},
			},
		},
	}
}
