package main

import (
	"context"
	"fmt"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/spf13/cobra"
)

func newAuthLoginCommand(s *streams) *cobra.Command {
	var opts accountOptions
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Log in to Cloud Servers and keep the session",
		Long: `Log in to Cloud Servers and keep the session for the runs that follow.

Without this, each run logs in anew and nothing is kept. The token is kept in the
user's cache directory, in a file that only its owner can read, never past its
life; the API key is not. When the token ends or is refused, the next run logs in
and keeps the new one, until cloudscript auth logout.

Luna Node has no sessions: each of its calls is signed with the key.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return logIn(cmd.Context(), s, opts) },
	}
	opts.flags(cmd.Flags())
	return cmd
}

func logIn(ctx context.Context, s *streams, o accountOptions) error {
	ctx, stop := interruptible(ctx, s)
	defer stop()
	creds, cache, err := o.account(ctx, s)
	if err != nil {
		return err
	}
	client := rackspace.New(rackspace.Config{Credentials: rackspace.StaticCredentials(creds)})
	defer client.Close()
	session, err := client.Login(ctx)
	if err != nil {
		return err
	}
	if err := cache.Keep(creds, session); err != nil {
		return fmt.Errorf("logged in, but the session cannot be kept: %w", err)
	}
	fmt.Fprintf(s.err, "cloudscript: %s is logged in at %s; the session is kept until %s\n",
		session.Username, endpoint(creds), moment(session.Expires))
	return nil
}

// endpoint is the authentication service's address without a secret that stands in it.
func endpoint(creds rackspace.Credentials) string {
	var redact apiclient.Redactor
	redact.Learn(creds.APIKey)
	return redact.URL(creds.AuthURL)
}

// moment is a time as people read it, in their own zone.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04 MST") }
