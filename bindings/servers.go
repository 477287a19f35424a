package bindings

import (
	"context"
	"slices"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

const serverObject = "server"

func serversModule(client *rackspace.Client, images, flavors *names) runtime.Module {
	return runtime.Module{
		Name: "servers",
		Doc:  "Servers of Cloud Servers: virtual machines with an image, a flavor and addresses.",
		Objects: []runtime.ObjectType{{
			Name: serverObject, Key: "id",
			Doc: "A server. Its methods are the verbs of servers with the server as the first argument.",
			Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID, Doc: "the server's number"},
				{Name: "name", Type: runtime.String, Doc: "a label; names need not be unique"},
				{Name: "status", Type: runtime.String, Doc: "BUILD, ACTIVE, REBOOT, VERIFY_RESIZE, ERROR and others"},
				{Name: "progress", Type: runtime.Integer, Doc: "percent of the operation under way"},
				{Name: "imageId", Type: runtime.ID, Doc: "the image it was built from"},
				{Name: "flavorId", Type: runtime.ID, Doc: "its flavor now"},
				{Name: "hostId", Type: runtime.String, Doc: "equal values are the same physical host"},
				{Name: "addresses", Type: runtime.Table, Doc: "public and private, lists of IPv4 addresses"},
				{Name: "metadata", Type: runtime.Strings, Doc: "what was given when it was made"},
				{Name: "sharedIpGroupId", Type: runtime.ID, Doc: "its shared IP group, if it has one"},
				{Name: "adminPass", Type: runtime.String, Secret: true, Doc: "the administrator's password, in the answer to a create only"},
			},
			Columns: []string{"id", "name", "status", "flavorId", "imageId", "addresses.public"},
		}},
		Verbs: append([]runtime.Verb{
			listVerb("servers", serverObject, "The account's servers. Deleted ones are not among them, except with changes_since.", true, client.Servers),
			eachVerb("servers", serverObject, true, client.Servers),
			serverGet(client),
			serverCreate(client, images, flavors),
			serverUpdate(client),
			serverDelete(client),
			serverWait(client),
		}, serverActions(client, images, flavors)...),
	}
}

func serverGet(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "servers.get", Effect: runtime.Read, Method: serverObject,
		Doc:     "A server as it is now. One that was deleted is not found.",
		Params:  []runtime.Param{idParam("id", "the server")},
		Returns: serverObject,
		Example: `print(servers.get(40117).status)`,
		Errors:  cloudErrors(runtime.NotFound),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			server, err := client.Servers.Get(ctx, rackspace.ID(c.String("id")))
			if err != nil {
				return nil, failure(err)
			}
			return runtime.JSON{Type: serverObject, Raw: server.Raw}, nil
		},
	}
}

func serverCreate(client *rackspace.Client, images, flavors *names) runtime.Verb {
	return runtime.Verb{
		Name: "servers.create", Effect: runtime.Create,
		Doc: "Makes a server and returns it while it is being built, with its password in adminPass; wait for ACTIVE. " +
			"Two identical calls make two servers. Its metadata gets a mark of the call, " + rackspace.CallKey + ", if there is room: " +
			"by that a server is found whose answer was lost, but its password was lost with it, and servers.update sets a new one.",
		Params: []runtime.Param{
			{Name: "name", Type: runtime.String, Required: true, Doc: "a label"},
			namedParam("image"),
			namedParam("flavor"),
			{Name: "metadata", Type: runtime.Strings, Named: true, Doc: "at most 5 pairs of texts of at most 255 bytes; 4 leave room for the mark"},
			{Name: "personality", Type: runtime.Strings, Named: true, Doc: "at most 5 files to put on it: contents (text, at most 10,240 bytes) by absolute path"},
			{Name: "ip_group", Type: runtime.ID, Named: true, Doc: "launch it into this shared IP group"},
			{Name: "address", Type: runtime.String, Named: true, Doc: "an address of that group, instead of a new one"},
		},
		Returns: serverObject,
		Example: `local web = servers.create{name = "web1", image = "Ubuntu 10.04 LTS", flavor = "512 server", metadata = {team = "billing"}}`,
		Errors:  changeErrors(runtime.NotFound, runtime.BadRequest),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			create := rackspace.ServerCreate{
				Name:            c.String("name"),
				Metadata:        c.Strings("metadata"),
				SharedIPGroupID: rackspace.ID(c.String("ip_group")),
				PublicAddress:   c.String("address"),
				Tag:             c.RunID() + "/" + c.Path(),
				Personality:     filesOf(c.Strings("personality")),
			}
			var err error
			if create.ImageID, err = images.id(ctx, c.Clock(), c.String("image")); err != nil {
				return nil, err
			}
			if create.FlavorID, err = flavors.id(ctx, c.Clock(), c.String("flavor")); err != nil {
				return nil, err
			}
			server, err := client.Servers.Create(ctx, create)
			if err != nil {
				return nil, failure(err)
			}
			return runtime.JSON{Type: serverObject, Raw: server.Raw}, nil
		},
	}
}

// filesOf orders files by path, so that equal calls make equal requests.
func filesOf(contents map[string]string) (files []rackspace.File) {
	for path, text := range contents {
		files = append(files, rackspace.File{Path: path, Contents: []byte(text)})
	}
	slices.SortFunc(files, func(a, b rackspace.File) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	return files
}

func serverUpdate(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "servers.update", Effect: runtime.Update, Method: serverObject,
		Doc: "Changes a server's name, its administrator's password, or both. A new password reboots the server.",
		Params: []runtime.Param{
			idParam("id", "the server"),
			{Name: "name", Type: runtime.String, Named: true, Doc: "the new name"},
			{Name: "password", Type: runtime.String, Named: true, Secret: true, Doc: "the new password"},
		},
		Example: `servers.update(40117, {name = "ledger-primary"})`,
		Errors:  changeErrors(runtime.NotFound, runtime.Conflict),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return done(client.Servers.Update(ctx, rackspace.ID(c.String("id")), rackspace.ServerUpdate{
				Name: c.String("name"), AdminPass: apiclient.Secret(c.String("password")),
			}))
		},
	}
}

func serverDelete(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "servers.delete", Effect: runtime.Destroy, Method: serverObject,
		Doc:     "Deletes a server, and with it the images that were made from it.",
		Params:  []runtime.Param{idParam("id", "the server")},
		Example: `servers.delete(40117)`,
		Errors:  changeErrors(runtime.NotFound, runtime.Conflict),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return done(client.Servers.Delete(ctx, rackspace.ID(c.String("id"))))
		},
	}
}
