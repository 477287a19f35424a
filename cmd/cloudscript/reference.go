package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/repl"
	"github.com/spf13/cobra"
)

func newDocCommand(s *streams) *cobra.Command {
	var html string
	cmd := &cobra.Command{
		Use:   "doc [NAME]",
		Short: "The reference of what scripts can call",
		Long: `The reference of what scripts can call: of a module (servers), a verb
(servers.create), a kind of object (server) or a method (server:reboot); without
a name, a list of all modules. At the prompt, servers.create? shows the same.

With --html it is written as web pages, which need no server and no network. The
examples on them are run for that, on simulated clouds in this process.`,
		Example: `  cloudscript doc
  cloudscript doc servers.create
  cloudscript doc --html site`,
		Args: atMostOne,
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			rt, err := declarations(s)
			if err != nil || len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			names := repl.DeclaredNames(rt)
			if object, _, ok := strings.Cut(typed, ":"); ok {
				for _, v := range rt.Methods(object) {
					_, method, _ := strings.Cut(v.Name, ".")
					names = append(names, object+":"+method)
				}
			}
			unlike := func(name string) bool { return !strings.HasPrefix(name, typed) }
			return slices.DeleteFunc(names, unlike), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if html == "" {
				return printReference(s, append(args, "")[0])
			}
			if len(args) > 0 {
				return &usageError{message: "doc --html writes the whole reference and takes no name", hint: "leave " + args[0] + " out"}
			}
			return writeSite(cmd.Context(), s, html)
		},
	}
	cmd.Flags().StringVar(&html, "html", "", "write the reference as web pages into `DIR`, which is new or was written by this")
	_ = cmd.MarkFlagDirname("html") // it fails for a flag that does not exist
	return cmd
}

func printReference(s *streams, name string) error {
	rt, err := declarations(s)
	if err != nil {
		return err
	}
	text, ok := repl.Describe(rt, name, s.showWidth())
	if !ok {
		return &usageError{
			message: fmt.Sprintf("there is nothing called %q", name),
			hint:    cmp.Or(repl.Instead(rt, name), "cloudscript doc lists what there is"),
		}
	}
	if name == "" {
		text += "\ncloudscript doc NAME tells more of a module (servers), a function (servers.create),\n" +
			"a type (server) or a method (server:reboot).\n"
	}
	_, err = fmt.Fprint(s.out, text)
	return err
}
