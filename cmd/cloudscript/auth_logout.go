package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func newAuthLogoutCommand(s *streams) *cobra.Command {
	var opts accountOptions
	cmd := &cobra.Command{
		Use:   "logout",
		Short: "Forget the session that auth login kept",
		Long: `Forget the session that auth login kept; runs log in for themselves again.

Nothing is sent: the service has no way to end a token before its time. A token
that got into wrong hands works until then, whatever becomes of the API key.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return logOut(cmd.Context(), s, opts) },
	}
	opts.flags(cmd.Flags())
	return cmd
}

func logOut(ctx context.Context, s *streams, o accountOptions) error {
	creds, cache, err := o.account(ctx, s)
	if err != nil {
		return err
	}
	was, err := cache.Forget(creds)
	if err != nil {
		return fmt.Errorf("the session cannot be removed: %w", err)
	}
	if !was {
		fmt.Fprintf(s.err, "cloudscript: no session of %s at %s was kept\n", creds.Username, endpoint(creds))
		return nil
	}
	fmt.Fprintf(s.err, "cloudscript: the session of %s at %s is forgotten\n", creds.Username, endpoint(creds))
	return nil
}
