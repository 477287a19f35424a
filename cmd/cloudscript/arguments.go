package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// noArguments refuses words after a command that takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{
		message: fmt.Sprintf("%s takes no arguments, got %q", cmd.CommandPath(), args[0]),
		hint:    cmd.CommandPath() + " --help tells its use",
	}
}

// atMostOne refuses a second word after a command.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return &usageError{
		message: fmt.Sprintf("%s takes one argument at most, got %d", cmd.CommandPath(), len(args)),
		hint:    cmd.CommandPath() + " --help tells its use",
	}
}

// needsSubcommand refuses words that no subcommand has taken.
func needsSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &usageError{
		message: fmt.Sprintf("%s has no command %q", cmd.CommandPath(), args[0]),
		hint:    cmd.CommandPath() + " --help lists its commands",
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		e.hint = fmt.Sprintf("did you mean %s %s?", cmd.CommandPath(), near[0])
	}
	return e
}
