package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func addressesModule(client *rackspace.Client) runtime.Module {
	server := idParam("server", "the server")
	address := runtime.Param{Name: "address", Type: runtime.String, Required: true, Doc: "a public IPv4 address"}
	return runtime.Module{
		Name: "addresses",
		Doc:  "IPv4 addresses of servers, and public ones that the members of a shared IP group share.",
		Verbs: []runtime.Verb{
			{
				Name: "addresses.list", Effect: runtime.Read, Params: []runtime.Param{server},
				Doc:     "A server's addresses: the lists public and private.",
				Returns: "table", Errors: cloudErrors(runtime.NotFound),
				Example: `print(addresses.list(40117).public[1])`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					found, err := client.Addresses.List(ctx, rackspace.ID(c.String("server")))
					if err != nil {
						return nil, failure(err)
					}
					return map[string]any{"public": found.Public, "private": found.Private}, nil
				},
			},
			networkVerb("public", server, client.Addresses.Public),
			networkVerb("private", server, client.Addresses.Private),
			{
				Name: "addresses.share", Effect: runtime.Update,
				Doc: "Lets a server use the public address of another one of its shared IP group. " +
					"With configure, the address is set up on the server, which reboots.",
				Params: []runtime.Param{server, address,
					{Name: "ip_group", Type: runtime.ID, Required: true, Doc: "the group of both"},
					{Name: "configure", Type: runtime.Boolean, Named: true, Doc: "also set it up on the server"},
				},
				Example: `addresses.share(40120, "198.51.100.17", 310, {configure = true})`,
				Errors:  changeErrors(runtime.NotFound, runtime.BadRequest, runtime.Conflict),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return done(client.Addresses.Share(ctx, rackspace.ID(c.String("server")), c.String("address"),
						rackspace.ID(c.String("ip_group")), c.Bool("configure")))
				},
			},
			{
				Name: "addresses.unshare", Effect: runtime.Destroy, Params: []runtime.Param{server, address},
				Doc:     "Takes a shared address from a server.",
				Example: `addresses.unshare(40120, "198.51.100.17")`,
				Errors:  changeErrors(runtime.NotFound, runtime.BadRequest, runtime.Conflict),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return done(client.Addresses.Unshare(ctx, rackspace.ID(c.String("server")), c.String("address")))
				},
			},
		},
	}
}

func networkVerb(network string, server runtime.Param, fetch func(context.Context, rackspace.ID) ([]string, error)) runtime.Verb {
	return runtime.Verb{
		Name: "addresses." + network, Effect: runtime.Read, Params: []runtime.Param{server},
		Doc:     "A server's " + network + " addresses.",
		Returns: "list of string", Errors: cloudErrors(runtime.NotFound),
		Example: `print(addresses.` + network + `(40117)[1])`,
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			found, err := fetch(ctx, rackspace.ID(c.String("server")))
			if err != nil {
				return nil, failure(err)
			}
			return found, nil
		},
	}
}
