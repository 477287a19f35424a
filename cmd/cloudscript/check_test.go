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

// Nor with the scripts of tests, modules, and a new project.
func TestCheckRaisesNoFalseAlarmsInProjects(t *testing.T) {
	check := realCheckers(t)
	for _, pattern := range []string{"starter/*.lua", "../../scripts/examples/*/*.lua"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no scripts: %v", pattern, err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range check.of(file).Check(file, src).Findings {
				t.Error(f.Render())
			}
		}
	}
}

// Nor with what the manual shows, which may lack what stands around it.
func TestCheckRaisesNoFalseAlarmsInTheManual(t *testing.T) {
	check := realCheckers(t)
	pages, _ := filepath.Glob("../../docs/*.md")
	blocks := 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "```lua\n")[1:] {
			blocks++
			src, _, _ := strings.Cut(block, "```")
			checker := check.scripts
			if strings.Contains(src, "test(") {
				checker = check.tests
			}
			for _, f := range checker.Check(page, []byte(src)).Findings {
				if f.Rule != analysis.UnknownGlobal && f.Rule != analysis.UnusedLocal {
					t.Error(f.Render())
				}
			}
		}
	}
	if blocks < 5 {
		t.Errorf("only %d scripts were found in the manual", blocks)
	}
}

func realCheckers(t *testing.T) *checkers {
	t.Helper()
	_, w := realChecker(t)
	check, err := newCheckers(context.Background(), w.runtime)
	if err != nil {
		t.Fatal(err)
	}
	return check
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
