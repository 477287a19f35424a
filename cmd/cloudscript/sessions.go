package main

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/apiclient/tokencache"
	"github.com/spf13/pflag"
)

// accountOptions say which account of Cloud Servers a command of auth is about.
type accountOptions struct {
	credentials.Config
}

func (o *accountOptions) flags(flags *pflag.FlagSet) {
	flags.StringVar(&o.Profile, "profile", "", "the `NAME` of the profile in the credentials file")
	flags.StringVar(&o.Path, "credentials", "", "the credentials `FILE`")
}

func (o accountOptions) source(s *streams) *credentials.Source {
	o.Getenv = s.getenv
	return credentials.New(o.Config)
}

// account is the account that a session is for, with the cache that it is kept in.
func (o accountOptions) account(ctx context.Context, s *streams) (rackspace.Credentials, *tokencache.Cache, error) {
	creds, err := o.source(s).Rackspace().Credentials(ctx)
	if err != nil {
		return creds, nil, err
	}
	cache, err := tokencache.New(tokencache.Config{})
	if err != nil {
		return creds, nil, &usageError{message: err.Error(), hint: "set HOME, or XDG_CACHE_HOME"}
	}
	return creds, cache, nil
}

// keptSessions are the sessions that auth login kept, for a run to use. Without a cache
// directory there are none.
func keptSessions() rackspace.SessionOptions {
	cache, err := tokencache.New(tokencache.Config{})
	if err != nil {
		return rackspace.SessionOptions{}
	}
	return rackspace.SessionOptions{Cache: cache}
}
