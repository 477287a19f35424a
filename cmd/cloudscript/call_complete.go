package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// completeCall completes verbs, then the names of their parameters, then the
// values of those that have a list.
func completeCall(s *streams, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer w.close()
	var found []string
	if len(args) == 0 {
		for _, v := range w.runtime.Verbs() {
			if !takesFunction(v) {
				found = append(found, v.Name+"\t"+v.Summary())
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
	verb := w.runtime.Verb(args[0])
	if verb == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if name, _, ok := strings.Cut(typed, "="); ok {
		if p := findParam(verb, name); p != nil {
			for _, value := range p.Enum {
				found = append(found, name+"="+value)
			}
		}
		return found, cobra.ShellCompDirectiveNoFileComp
	}
	for _, p := range verb.Params {
		found = append(found, p.Name+"=\t"+p.Doc)
	}
	return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
