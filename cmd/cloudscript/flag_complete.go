package main

import (
	"os"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// completeFlags offers the values of flags that several commands have: profiles of
// the credentials file, names of limits, rules, variables of the environment, directories.
func completeFlags(s *streams, cmd *cobra.Command) {
	directory := cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
	rules := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return ruleNames(s), cobra.ShellCompDirectiveNoFileComp
	}
	for name, values := range map[string]cobra.CompletionFunc{
		"profile": func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, p := range readProfiles(s, worldOptions{credentials: cmd.Flag("credentials").Value.String()}) {
				names = append(names, p.name)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		"limit": func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return limitsFor(s, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		},
		"env": func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return variableNames(), cobra.ShellCompDirectiveNoFileComp
		},
		"allow":     rules,
		"deny":      rules,
		"dir":       directory,
		"write-dir": directory,
	} {
		if cmd.Flags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, values) // fails only for what is no flag
		}
	}
	for _, sub := range cmd.Commands() {
		completeFlags(s, sub)
	}
}

// limitsFor are the limits that what was typed may become, up to their values.
func limitsFor(s *streams, typed string) []string {
	var names []string
	if strings.HasPrefix(typed, callsOf) {
		for _, rule := range ruleNames(s) {
			rule, _, _ = strings.Cut(rule, "\t")
			names = append(names, callsOf+rule+"=")
		}
		return names
	}
	for _, limit := range limitNames {
		names = append(names, limit+"=")
	}
	return append(names, callsOf)
}

// ruleNames are the rules without conditions: effects, modules, verbs.
func ruleNames(s *streams) []string {
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return nil
	}
	defer w.close()
	var names []string
	for _, effect := range []runtime.Effect{runtime.Read, runtime.Create, runtime.Update, runtime.Destroy} {
		names = append(names, effect.String())
	}
	for _, m := range w.runtime.Modules() {
		if m.Name != "" {
			names = append(names, m.Name+".*")
		}
	}
	for _, v := range w.runtime.Verbs() {
		names = append(names, v.Name+"\t"+v.Summary())
	}
	return names
}

func variableNames() []string {
	var names []string
	for _, assignment := range os.Environ() {
		name, _, _ := strings.Cut(assignment, "=")
		names = append(names, name)
	}
	return names
}

// completeArguments offers the words that commands take: scripts, directories, or none.
func completeArguments(root *cobra.Command) {
	scripts := cobra.FixedCompletions([]string{"lua"}, cobra.ShellCompDirectiveFilterFileExt)
	directory := cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
	for name, words := range map[string]cobra.CompletionFunc{
		"check":       scripts,
		"test":        scripts,
		"init":        directory,
		"types":       directory,
		"repl":        cobra.NoFileCompletions,
		"sim":         cobra.NoFileCompletions,
		"version":     cobra.NoFileCompletions,
		"auth login":  cobra.NoFileCompletions,
		"auth logout": cobra.NoFileCompletions,
		"auth status": cobra.NoFileCompletions,
	} {
		if cmd, _, err := root.Find(strings.Fields(name)); err == nil {
			cmd.ValidArgsFunction = words
		}
	}
	root.ValidArgsFunction = cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault) // or a FILE, whatever its name
}

// plainUsages takes the marks off the names of values in the flags' texts: help reads
// them, and a shell that completes would show them.
func plainUsages(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	for _, sub := range cmd.Commands() {
		plainUsages(sub)
	}
}
