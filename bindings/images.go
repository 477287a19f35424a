package bindings

import (
	"context"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

const imageObject = "image"

func imagesModule(client *rackspace.Client, names *names) runtime.Module {
	return runtime.Module{
		Name: "images",
		Doc:  "Images of Cloud Servers: what servers are built from.",
		Objects: []runtime.ObjectType{{
			Name: imageObject, Key: "id", Doc: "What servers are built from.",
			Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID, Doc: "the image's number"},
				{Name: "name", Type: runtime.String, Doc: `such as "Ubuntu 10.04 LTS"`},
				{Name: "status", Type: runtime.String, Doc: "QUEUED, PREPARING, SAVING, ACTIVE or FAILED; only ACTIVE can be used"},
				{Name: "progress", Type: runtime.Integer, Doc: "percent, while it is being made"},
				{Name: "serverId", Type: runtime.ID, Doc: "the server that it was made from, if any"},
				{Name: "created", Type: runtime.String, Doc: "when; often left out"},
				{Name: "updated", Type: runtime.String, Doc: "when"},
			},
			Columns: []string{"id", "name", "status", "serverId", "updated"},
		}},
		Verbs: []runtime.Verb{
			listVerb("images", imageObject, "The images that servers can be built from: the stock ones and the account's own.", true, client.Images),
			eachVerb("images", imageObject, true, client.Images),
			imageGet(client, names),
			imageCreate(client),
			imageDelete(client),
			cloudImageWait(client),
		},
	}
}

func imageGet(client *rackspace.Client, names *names) runtime.Verb {
	return runtime.Verb{
		Name: "images.get", Effect: runtime.Read, Method: imageObject,
		Doc:     "An image, by id or by name.",
		Params:  []runtime.Param{namedParam("image")},
		Returns: imageObject,
		Example: `print(images.get("Ubuntu 10.04 LTS").id)`,
		Errors:  cloudErrors(runtime.NotFound),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			id, err := names.id(ctx, c.Clock(), c.String("image"))
			if err != nil {
				return nil, err
			}
			image, err := client.Images.Get(ctx, id)
			if err != nil {
				return nil, failure(err)
			}
			return runtime.JSON{Type: imageObject, Raw: image.Raw}, nil
		},
	}
}

func imageCreate(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "images.create", Effect: runtime.Create,
		Doc: "Makes an image of a server and returns it while it is being saved; wait for ACTIVE. " +
			"A server can be imaged once at a time, and its images are deleted with it. " +
			"If the answer is lost, the image is looked for by server and name among those that were not there before.",
		Params: []runtime.Param{
			idParam("server", "the server"),
			{Name: "name", Type: runtime.String, Required: true, Doc: "the image's name"},
		},
		Returns: imageObject,
		Example: `images.create(40117, "golden"):wait()`,
		Errors:  changeErrors(runtime.NotFound, runtime.Conflict),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			image, err := client.Images.Create(ctx, rackspace.ImageCreate{ServerID: rackspace.ID(c.String("server")), Name: c.String("name")})
			if err != nil {
				return nil, failure(err)
			}
			return runtime.JSON{Type: imageObject, Raw: image.Raw}, nil
		},
	}
}

func imageDelete(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "images.delete", Effect: runtime.Destroy, Method: imageObject,
		Doc:     "Deletes an image, at once. Servers that were built from it stay.",
		Params:  []runtime.Param{idParam("id", "the image's id; a name will not do, so that no other image is deleted by mistake")},
		Example: `images.delete(30441)`,
		Errors:  changeErrors(runtime.NotFound, runtime.Forbidden),
		Subject: imageSubject(client),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			return done(client.Images.Delete(ctx, rackspace.ID(c.String("id"))))
		},
	}
}

func cloudImageWait(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "images.wait", Effect: runtime.Read, Method: imageObject,
		Doc:     "Waits until an image has a status, and returns it as it is then; nothing for gone. It fails at once when the image is FAILED or gone.",
		Params:  waitParams("id", "ACTIVE", string(rackspace.ImageActive), texts(rackspace.ImageStatuses())...),
		Returns: imageObject,
		Example: `images.wait(30441, "ACTIVE", {timeout = "30m"})`,
		Errors:  cloudErrors(runtime.Failed, runtime.Timeout, runtime.NotFound),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			id, status := c.String("id"), rackspace.ImageStatus(strings.ToUpper(c.String("state")))
			if strings.EqualFold(string(status), gone) {
				status = rackspace.ImageDeleted
			}
			ctx, cancel := c.Clock().WithTimeout(ctx, c.Duration("timeout"))
			defer cancel()
			image, err := client.Images.Wait(ctx, rackspace.ID(id), status, observing(ctx, c, "image "+id))
			if err != nil {
				return nil, failure(err)
			}
			if image == nil {
				return nil, nil
			}
			return runtime.JSON{Type: imageObject, Raw: image.Raw}, nil
		},
	}
}
