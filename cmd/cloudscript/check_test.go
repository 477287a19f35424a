package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/analysis"
)

// realChecker knows the verbs of both clouds and of the standard library.
func realChecker(t *testing.T) (*analysis.Checker, *world) {
	t.Helper()
	w, err := openWorld(&streams{getenv: func(string) string { return "" }}, worldOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	checker, err := analysis.New(context.Background(), w.runtime)
	if err != nil {
		t.Fatal(err)
	}
	return checker, w
}

// Nothing is wrong with the examples that people copy, nor with those that the
// declarations show.
func TestCheckRaisesNoFalseAlarms(t *testing.T) {
	checker, w := realChecker(t)
	scripts, err := filepath.Glob("../../scripts/examples/*.lua")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, script := range scripts {
		src, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range checker.Check(filepath.Base(script), src).Findings {
			t.Error(f.Render())
		}
	}
	for _, v := range w.runtime.Verbs() {
		for _, f := range checker.Check(v.Name, []byte(v.Example)).Findings {
			if f.Rule != analysis.UnusedLocal { // an example may end with what it made
				t.Error(f.Render())
			}
		}
	}
}

// What the manual shows is what the command prints.
func TestManualOfCheck(t *testing.T) {
	manual, err := os.ReadFile("../../docs/tools.md")
	if err != nil {
		t.Fatal(err)
	}
	checker, _ := realChecker(t)
	src := "#!/usr/bin/env cloudscript\n\nlocal server = servers.create{nmae = \"web1\", image = 104, flavor = 1}\nprint(server.name)\n"
	var out strings.Builder
	printReport(&streams{out: &out}, "deploy.lua", checker.Check("deploy.lua", []byte(src)))
	if !strings.Contains(string(manual), "$ cloudscript check deploy.lua\n"+out.String()) {
		t.Errorf("docs/tools.md does not show\n%s", out.String())
	}
}
