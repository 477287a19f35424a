package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A command line changes only where a bare FILE declares parameters, or means to,
// where a boolean has its value behind it, and where test has flags as go test has.
func TestCommandLinesOfScripts(t *testing.T) {
	dir := t.TempDir()
	with, doc, plain, wrong := filepath.Join(dir, "with.lua"), filepath.Join(dir, "doc.lua"), filepath.Join(dir, "plain.lua"), filepath.Join(dir, "wrong.lua")
	for file, src := range map[string]string{
		with: "--- @param region string\n--- @param dry_run boolean\n\nprint(1)", doc: "--- Prints.\n\nprint(1)", plain: "print(1)", wrong: "--- @param region\n\nprint(1)",
	} {
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for line, want := range map[string]string{
		"":                                    "",
		with:                                  "run " + with,
		"--sim " + with + " --region uk":      "run --sim " + with + " --region uk",
		"run " + with + " --region uk":        "run " + with + " --region uk",
		"__complete " + with + " --re":        "__complete run " + with + " --re",
		"__complete run":                      "__complete run",
		doc + " --x":                          doc + " --x",
		plain + " --x":                        plain + " --x",
		wrong + " --x":                        "run " + wrong + " --x",
		"run " + with + " --dry-run no":       "run " + with + " --dry-run=no",
		with + " --dry_run TRUE x":            "run " + with + " --dry_run=TRUE x",
		with + " --dry-run x false":           "run " + with + " --dry-run x false",
		with + " --dry-run=true false":        "run " + with + " --dry-run=true false",
		with + " --region no -- --dry-run no": "run " + with + " --region no -- --dry-run no",
		with + " --dry-run":                   "run " + with + " --dry-run",
		"check " + with:                       "check " + with,
		"call flavors.list --detail false":    "call flavors.list --detail=false",
		"call text.trim false":                "call text.trim false",
		"test -run x -v -cover=true run":      "test --run x -v --cover=true run",
		"test -run=x --run -junit -x - -- -v": "test --run=x --run -junit -x - -- -v",
		"test -v -run -cover -verbose":        "test -v --run -cover --verbose",
		"check -json":                         "check -json",
		"-e " + with + " " + with:             "-e " + with + " " + with,
		"--nonsense " + with:                  "--nonsense " + with,
		filepath.Join(dir, "nope.lua"):        filepath.Join(dir, "nope.lua"),
		"run -":                               "run -",
	} {
		s := &streams{in: strings.NewReader(""), getenv: func(string) string { return "" }}
		if got := withDeclaredFlags(newRootCommand(s), s, strings.Fields(line)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s\nbecame %q", line, got)
		}
	}
}

// The script that the manual shows is right, and declares what the manual says.
func TestManualOfScripts(t *testing.T) {
	text, err := os.ReadFile("../../docs/scripts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```lua\n")
	script, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("no script in docs/scripts.md")
	}
	checker, _ := realChecker(t)
	for _, f := range checker.Check("reboot.lua", []byte(script)).Findings {
		t.Error(f.Render())
	}
	h, err := parseHeader("reboot.lua", []byte(script))
	if err != nil || !slices.Equal(h.Names(), []string{"prefix", "type", "at_most", "force", "wait"}) {
		t.Errorf("%v %+v", err, h)
	}
}
