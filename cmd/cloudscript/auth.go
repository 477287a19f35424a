package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/cloudscript/cloudscript"
	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/apiclient/tokencache"
	"github.com/spf13/cobra"
)

func newAuthCommand(s *streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Where credentials come from",
		Args:  needsSubcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAuthLoginCommand(s), newAuthStatusCommand(s), newAuthLogoutCommand(s), newAuthExampleCommand(s))
	return cmd
}

func newAuthExampleCommand(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "example",
		Short: "Print a credentials file to fill in",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(cloudscript.CredentialsExample)
			return err
		},
	}
}

func newAuthStatusCommand(s *streams) *cobra.Command {
	var opts accountOptions
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show which accounts are used and where their keys come from",
		Long: `Show which accounts are used, where their keys come from, and whether a session is
kept. No key is shown, and nothing is sent: whether a key is accepted is for the
first call to find out.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printAuthStatus(cmd.Context(), s, opts.source(s))
		},
	}
	opts.flags(cmd.Flags())
	return cmd
}

// printAuthStatus fails if neither cloud has credentials.
func printAuthStatus(ctx context.Context, s *streams, source *credentials.Source) error {
	path, err := source.Path()
	if err != nil {
		return err
	}
	servers, serversErr := source.Rackspace().Credentials(ctx)
	lunaNode, lunaNodeErr := source.LunaNode().Credentials(ctx)
	if serversErr != nil && lunaNodeErr != nil {
		return serversErr
	}
	var redact apiclient.Redactor // an address can hold a key
	redact.Learn(servers.APIKey, lunaNode.APIKey)
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "file\t%s\n", path)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(w, "\tnot there, and not needed for what the environment says; cloudscript auth example prints one to fill in")
	}
	if serversErr == nil {
		fmt.Fprintf(w, "Cloud Servers\t%s at %s, key from %s\n", servers.Username, redact.URL(servers.AuthURL), servers.Origin)
		fmt.Fprintf(w, "\t%s\n", sessionStatus(ctx, servers))
	} else {
		fmt.Fprintf(w, "Cloud Servers\tnone: %s\n", summary(serversErr))
	}
	if lunaNodeErr == nil {
		if lunaNode.URL == "" {
			lunaNode.URL = lunanode.DefaultBaseURL
		}
		fmt.Fprintf(w, "Luna Node\t%s at %s, key from %s\n", lunaNode.APIID, redact.URL(lunaNode.URL), lunaNode.Origin)
	} else {
		fmt.Fprintf(w, "Luna Node\tnone: %s\n", summary(lunaNodeErr))
	}
	return w.Flush()
}

// sessionStatus says what is kept of an account's session.
func sessionStatus(ctx context.Context, creds rackspace.Credentials) string {
	cache, err := tokencache.New(tokencache.Config{})
	switch {
	case err != nil || !cache.Kept(creds):
		return "no session is kept: each run logs in; cloudscript auth login keeps one"
	case cache.Load(ctx, creds) == nil:
		return "no session now: the next run logs in and keeps it"
	}
	return "session kept until " + moment(cache.Load(ctx, creds).Expires)
}

func summary(err error) string {
	var e *apiclient.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}
