package credentials

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
)

// Rackspace looks up the account of Cloud Servers.
func (s *Source) Rackspace() rackspace.CredentialSource { return cloudServers{s} }

type cloudServers struct{ source *Source }

func (r cloudServers) Credentials(ctx context.Context) (rackspace.Credentials, error) {
	a, err := r.source.account(ctx, cloudRackspace)
	if err != nil {
		return rackspace.Credentials{}, err
	}
	where := a.url
	if where == "" {
		where = a.region
	}
	authURL, err := rackspace.AuthURL(where)
	if err != nil {
		return rackspace.Credentials{}, public(problem{message: err.Error() + " (" + a.origin + ")", hint: "correct auth_url, or " + EnvAuthURL})
	}
	return rackspace.Credentials{Username: a.name, APIKey: a.key, AuthURL: authURL, Origin: a.origin}, nil
}
