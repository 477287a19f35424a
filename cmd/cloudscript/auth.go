package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/cloudscript/cloudscript"
	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/spf13/cobra"
)

func newAuthCommand(s *streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Where credentials come from",
		Args:  needsSubcommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAuthStatusCommand(s), newAuthExampleCommand(s))
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
	var config credentials.Config
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show which accounts are used and where their keys come from",
		Long: `Show which accounts are used and where their keys come from. No key is shown, and
nothing is sent: whether a key is accepted is for the first call to find out.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config.Getenv = s.getenv
			return printAuthStatus(cmd.Context(), s, credentials.New(config))
		},
	}
	cmd.Flags().StringVar(&config.Profile, "profile", "", "the `NAME` of the profile in the credentials file")
	cmd.Flags().StringVar(&config.Path, "credentials", "", "the credentials `FILE`")
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
	if serversErr == nil {
		fmt.Fprintf(w, "Cloud Servers\t%s at %s, key from %s\n", servers.Username, redact.URL(servers.AuthURL), servers.Origin)
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

func summary(err error) string {
	var e *apiclient.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}
