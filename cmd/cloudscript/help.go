package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// newHelpCommand is cobra's help command, but for a topic that there is none of:
// cobra's own prints everything and calls it a success.
func newHelpCommand(s *streams, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command or a topic",
		ValidArgsFunction: func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			var found []string
			for _, c := range root.Commands() {
				if strings.HasPrefix(c.Name(), typed) && !c.Hidden {
					found = append(found, c.Name()+"\t"+c.Short)
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			topic, rest, err := root.Find(args)
			if err == nil && len(rest) == 0 {
				topic.InitDefaultHelpFlag()
				return topic.Help()
			}
			e := &usageError{message: fmt.Sprintf("there is no help on %q", strings.Join(args, " ")), hint: cmp.Or(nameHint(s, args[0]), "cloudscript --help lists the commands, cloudscript doc what scripts can call")}
			if near := root.SuggestionsFor(args[0]); len(near) > 0 {
				e.hint = "did you mean cloudscript help " + near[0] + "?"
			}
			return e
		},
	}
}

// onlySubcommands makes a command that has nothing but subcommands refuse other
// words, and those refuse all words.
func onlySubcommands(parent *cobra.Command, name string) {
	for _, c := range parent.Commands() {
		if c.Name() == name {
			c.Args = needsSubcommand
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			for _, sub := range c.Commands() {
				sub.Args = noArguments
			}
		}
	}
}
