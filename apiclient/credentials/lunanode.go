package credentials

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
)

// LunaNode looks up the account of the category/action API.
func (s *Source) LunaNode() lunanode.CredentialSource { return lunaNode{s} }

type lunaNode struct{ source *Source }

func (l lunaNode) Credentials(ctx context.Context) (lunanode.Credentials, error) {
	a, err := l.source.account(ctx, cloudLunaNode)
	if err != nil {
		return lunanode.Credentials{}, err
	}
	return lunanode.Credentials{APIID: a.name, APIKey: a.key, URL: a.url, Origin: a.origin}, nil
}
