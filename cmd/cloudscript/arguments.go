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
