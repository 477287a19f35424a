package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

// Policies can go by what a call acts on: servers.delete(name=tmp-*). A verb that creates
// something gives names of its own, so rules about it are about its parameters alone.

// actOnServers tells policies which server each of the verbs acts on.
func actOnServers(client *rackspace.Client, verbs []runtime.Verb) {
	for i := range verbs {
		param := serverParam(&verbs[i])
		if param == "" || verbs[i].Effect == runtime.Create {
			continue
		}
		verbs[i].Subject = &runtime.Subject{
			Fields: []string{"name", "status", "imageId", "flavorId"},
			Look: func(ctx context.Context, c *runtime.Call) (map[string]string, error) {
				server, err := client.Servers.Get(ctx, rackspace.ID(c.String(param)))
				if err != nil {
					return nil, failure(err)
				}
				return map[string]string{"name": server.Name, "status": string(server.Status),
					"imageId": string(server.ImageID), "flavorId": string(server.FlavorID)}, nil
			},
		}
	}
}

// serverParam is the parameter that takes the server that a verb acts on, "" if none does.
func serverParam(v *runtime.Verb) string {
	for _, p := range v.Params {
		if p.Name == "server" || p.Name == "id" && v.Method == serverObject {
			return p.Name
		}
	}
	return ""
}

// imageSubject tells policies which image is deleted.
func imageSubject(client *rackspace.Client) *runtime.Subject {
	return &runtime.Subject{
		Fields: []string{"name", "status", "serverId"},
		Look: func(ctx context.Context, c *runtime.Call) (map[string]string, error) {
			image, err := client.Images.Get(ctx, rackspace.ID(c.String("id")))
			if err != nil {
				return nil, failure(err)
			}
			return map[string]string{"name": image.Name, "status": string(image.Status), "serverId": string(image.ServerID)}, nil
		},
	}
}

// actionSubject tells policies which machine an action is about, nil if it is about none.
func actionSubject(client ActionCaller, action *lunanode.Action) *runtime.Subject {
	if methodOf(action) != "vm" || effectOf(action.Effect) == runtime.Create {
		return nil
	}
	fields := []string{"name", "hostname", "plan_id", "region"}
	return &runtime.Subject{
		Fields: fields,
		Look: func(ctx context.Context, c *runtime.Call) (map[string]string, error) {
			answer, err := client.Call(ctx, "vm", "info", map[string]string{"vm_id": c.String("vm_id")})
			if err != nil {
				return nil, failure(err)
			}
			record, subject := answer.Get("extra"), map[string]string{}
			for _, field := range fields {
				if v := record.Get(field); v.Present() {
					subject[field] = v.Text()
				}
			}
			return subject, nil
		},
	}
}
