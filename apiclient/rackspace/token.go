package rackspace

import (
	"context"
	"errors"
	"fmt"

	"github.com/cloudscript/cloudscript/apiclient"
)

// withToken is the link that puts the token and the base URL on each attempt. A token that
// the service refuses is replaced once, and the attempt repeated with the new one (auth spec,
// section 5).
func withToken(next apiclient.Handler, sessions *sessions) apiclient.Handler {
	return apiclient.HandlerFunc(func(ctx context.Context, req *apiclient.Request) (*apiclient.Response, error) {
		session, err := sessions.get(ctx)
		if err != nil {
			return nil, err
		}
		resp, err := sendAs(ctx, next, session, req)
		if !errors.Is(err, apiclient.KindUnauthorized) {
			return resp, err
		}
		if session, err = sessions.replace(ctx, session); err != nil {
			return nil, err
		}
		resp, err = sendAs(ctx, next, session, req)
		var e *apiclient.Error
		if errors.As(err, &e) && e.Kind == apiclient.KindUnauthorized {
			e.Hint = "a token that was issued just now was refused: the log-in at " + session.AuthURL +
				" does not open this service"
		}
		return resp, err
	})
}

func sendAs(ctx context.Context, next apiclient.Handler, session *Session, req *apiclient.Request) (*apiclient.Response, error) {
	if session.ManagementURL == "" {
		return nil, &apiclient.Error{
			Kind: apiclient.KindForbidden, Op: req.Op, Method: req.Method,
			Message: fmt.Sprintf("the account of user %q has no Cloud Servers: the log-in gave no X-Server-Management-Url", session.Username),
			Hint:    "check that " + session.AuthURL + " is the authentication service of the account with the servers",
		}
	}
	req = req.Clone()
	// The URL is data that may change with every log-in.
	req.URL = session.ManagementURL + req.Path
	req.Header.Set("X-Auth-Token", session.Token.Reveal())
	if len(req.Body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	return next.Do(ctx, req)
}
