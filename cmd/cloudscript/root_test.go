package main

import (
	"errors"
	"testing"
)

// A flag of scripts that the prompt would not heed is refused.
func TestFlagsOfScriptsAtThePrompt(t *testing.T) {
	const help = "cloudscript repl --help lists the flags of the prompt"
	for flag, hint := range map[string]string{
		"--timeout=2s":      "to bound each entry: --limit time=2s",
		"--report=run.html": help,
		"--set=region=dfw":  help,
		"--json":            help,
		"--limit=time=2s":   "",
		"--sim":             "",
	} {
		s := &streams{}
		root := newRootCommand(s)
		if err := root.ParseFlags([]string{flag}); err != nil {
			t.Fatal(err)
		}
		err := refuseFlagsOfRuns(root, newReplCommand(s))
		var usage *usageError
		switch errors.As(err, &usage); {
		case hint == "" && err != nil:
			t.Errorf("%s: %v", flag, err)
		case hint != "" && (usage == nil || usage.hint != hint):
			t.Errorf("%s: got %+v, want the hint %q", flag, usage, hint)
		}
	}
}
