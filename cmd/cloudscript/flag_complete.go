package main

import (
	"github.com/spf13/cobra"
)

// completeFlags offers the values of flags that several commands have: the profiles of
// the credentials file, and the names of limits.
func completeFlags(s *streams, cmd *cobra.Command) {
	for name, values := range map[string]cobra.CompletionFunc{
		"profile": func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, p := range readProfiles(s, worldOptions{credentials: cmd.Flag("credentials").Value.String()}) {
				names = append(names, p.name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		"limit": func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, limit := range limitNames {
				names = append(names, limit+"=")
			}
			return append(names, callsOf), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
	} {
		if cmd.Flags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, values) // fails only for what is no flag
		}
	}
	for _, sub := range cmd.Commands() {
		completeFlags(s, sub)
	}
}
