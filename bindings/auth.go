package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func authVerb(client *rackspace.Client) runtime.Verb {
	return runtime.Verb{
		Name: "auth", Effect: runtime.Read,
		Doc: "Logs in to Cloud Servers and returns the session: username, auth_url, management_url and expires. " +
			"The other verbs log in by themselves; this one shows early whether the key is good. The token is not shown.",
		Params: []runtime.Param{
			{Name: "renew", Type: runtime.Boolean, Named: true, Doc: "log in even if there is a session that is good"},
		},
		Returns: "table",
		Example: `print(auth().username)`,
		Errors:  cloudErrors(runtime.Credentials),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			logIn := client.Auth
			if c.Bool("renew") {
				logIn = client.Login
			}
			session, err := logIn(ctx)
			if err != nil {
				return nil, failure(err)
			}
			return map[string]any{
				"username":       session.Username,
				"auth_url":       session.AuthURL,
				"management_url": session.ManagementURL,
				"expires":        session.Expires,
			}, nil
		},
	}
}
