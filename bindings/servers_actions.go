package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func serverActions(client *rackspace.Client, images, flavors *names) []runtime.Verb {
	server := idParam("id", "the server")
	verbs := []runtime.Verb{
		{
			Name: "servers.reboot", Effect: runtime.Update,
			Doc: "Reboots a server: SOFT tells its system to restart, HARD switches it off and on.",
			Params: []runtime.Param{server, {Name: "type", Type: runtime.String, Default: "SOFT",
				Enum: []string{string(rackspace.RebootSoft), string(rackspace.RebootHard)}, Doc: "how"}},
			Example: `servers.get(40117):reboot("HARD")`,
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				return done(client.Servers.Reboot(ctx, rackspace.ID(c.String("id")), rackspace.RebootType(c.String("type"))))
			},
		},
		{
			Name: "servers.rebuild", Effect: runtime.Destroy,
			Doc: "Builds a server anew from an image; what is on its disk is lost, id, name and addresses stay.",
			Params: []runtime.Param{server, {Name: "image", Type: runtime.ID, ByName: true,
				Doc: "the image, by id or by name; without it, the one that it was built from"}},
			Example: `servers.rebuild(40117, "Ubuntu 10.04 LTS")`,
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				image, err := images.id(ctx, c.Clock(), c.String("image"))
				if err != nil {
					return nil, err
				}
				return done(client.Servers.Rebuild(ctx, rackspace.ID(c.String("id")), image))
			},
		},
		{
			Name: "servers.resize", Effect: runtime.Update,
			Doc: "Moves a server to another flavor. Wait for VERIFY_RESIZE, then confirm or revert; " +
				"after 24 hours the service confirms by itself.",
			Params:  []runtime.Param{server, namedParam("flavor")},
			Example: "local db = servers.get(40117)\ndb:resize(\"1GB server\")\ndb:wait(\"VERIFY_RESIZE\")\ndb:confirm_resize()",
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				flavor, err := flavors.id(ctx, c.Clock(), c.String("flavor"))
				if err != nil {
					return nil, err
				}
				return done(client.Servers.Resize(ctx, rackspace.ID(c.String("id")), flavor))
			},
		},
		{
			Name: "servers.confirm_resize", Effect: runtime.Update,
			Doc:     "Keeps the new flavor of a server in VERIFY_RESIZE.",
			Params:  []runtime.Param{server},
			Example: `servers.confirm_resize(40117)`,
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				return done(client.Servers.ConfirmResize(ctx, rackspace.ID(c.String("id"))))
			},
		},
		{
			Name: "servers.revert_resize", Effect: runtime.Update,
			Doc:     "Gives a server in VERIFY_RESIZE its old flavor back.",
			Params:  []runtime.Param{server},
			Example: `servers.revert_resize(40117)`,
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				return done(client.Servers.RevertResize(ctx, rackspace.ID(c.String("id"))))
			},
		},
	}
	for i := range verbs {
		verbs[i].Method = serverObject
		verbs[i].Errors = changeErrors(runtime.NotFound, runtime.Conflict)
	}
	return verbs
}
