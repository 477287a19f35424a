package main

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
)

// lunaNode learns the account's key, and the part of it that each request
// carries. The other client tells the redactor itself.
func (r *runReport) lunaNode(source lunanode.CredentialSource) lunanode.CredentialSource {
	if r == nil {
		return source
	}
	return learntCredentials{source, r.redact}
}

type learntCredentials struct {
	lunanode.CredentialSource
	redact *apiclient.Redactor
}

func (l learntCredentials) Credentials(ctx context.Context) (lunanode.Credentials, error) {
	creds, err := l.CredentialSource.Credentials(ctx)
	l.redact.Learn(creds.APIKey)
	if half := len(creds.APIKey) / 2; half > 0 {
		l.redact.Learn(creds.APIKey[:half], creds.APIKey[half:])
	}
	return creds, err
}
