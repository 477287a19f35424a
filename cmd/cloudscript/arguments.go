package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

// atMostOne refuses a second word after a command, and an empty one, which is a variable
// of the shell that was not set.
func atMostOne(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "":
		return &usageError{message: cmd.CommandPath() + ": the argument is empty", hint: cmd.CommandPath() + " --help tells its use"}
	case len(args) <= 1:
		return nil
	}
	return &usageError{
		message: fmt.Sprintf("%s takes one argument at most, got %d", cmd.CommandPath(), len(args)),
		hint:    cmd.CommandPath() + " --help tells its use",
	}
}

// noEmptyFlags refuses flags of a command that were given an empty text: --replay "$FILE"
// must not reach the clouds where FILE was not set. What verbs and scripts declare may be
// empty.
func noEmptyFlags(cmd *cobra.Command, _ []string) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch f.Value.(type) {
		case *verbFlag, *scriptFlag:
			return
		}
		if f.Value.Type() == "string" && f.Value.String() == "" {
			err = &usageError{message: "--" + f.Name + ": the value is empty", hint: "leave the flag out, or give it a value"}
		}
	})
	return err
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
