package bindings

import (
	"context"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func serverWait(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "servers.wait", Effect: runtime.Read, Method: serverObject,
		Doc: "Waits until a server has a status, and returns it as it is then; nothing for gone. " +
			"It fails at once when the server is in ERROR or gone, because then it can no longer get there.",
		Params:  waitParams("id", "ACTIVE, VERIFY_RESIZE", string(rackspace.ServerActive), texts(rackspace.ServerStatuses())...),
		Returns: serverObject,
		Example: `servers.get(40117):wait("ACTIVE", {timeout = "15m"})`,
		Errors:  cloudErrors(runtime.Failed, runtime.Timeout, runtime.NotFound),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			id, status := c.String("id"), rackspace.ServerStatus(strings.ToUpper(c.String("state")))
			if strings.EqualFold(string(status), gone) {
				status = rackspace.ServerDeleted
			}
			ctx, cancel := c.Clock().WithTimeout(ctx, c.Duration("timeout"))
			defer cancel()
			server, err := client.Servers.Wait(ctx, rackspace.ID(id), status, observing(ctx, c, "server "+id))
			if err != nil {
				return nil, failure(err)
			}
			if server == nil {
				return nil, nil
			}
			return runtime.JSON{Type: serverObject, Raw: server.Raw}, nil
		},
	}
}

// texts are statuses as a parameter's enum has them.
func texts[S ~string](statuses []S) []string {
	all := make([]string, len(statuses))
	for i, s := range statuses {
		all[i] = string(s)
	}
	return all
}

// observing reports progress whenever it changes.
func observing(ctx context.Context, c *runtime.Call, what string) rackspace.WaitOptions {
	shown := ""
	return rackspace.WaitOptions{Observe: func(status string, progress int) {
		line := what + " " + status
		if progress > 0 && progress < 100 {
			line += fmt.Sprintf(" %d%%", progress)
		}
		if line != shown {
			shown = line
			c.Progress(ctx, runtime.Progress{Line: line, Done: progress, Total: 100})
		}
	}}
}
