package main

import (
	"os"
	"strings"
	"testing"
)

// The script that the README opens with is an example, and what it says the
// script prints is what it prints.
func TestReadmeShowsARealRun(t *testing.T) {
	readme := read(t, "../../README.md")
	_, script, _ := strings.Cut(read(t, "../../scripts/examples/quickstart.lua"), "\n\n")
	output := read(t, "testdata/examples/quickstart.lua.out")
	for what, text := range map[string]string{
		"scripts/examples/quickstart.lua": "```lua\n" + script + "```",
		"its output":                      "```\n" + output + "```",
		"the command that runs the tests": "\ngo test ./... ",
		"the command that runs the fleet": "\ngo run ./cmd/cloudscript run --sim scripts/examples/fleet.lua ",
	} {
		if !strings.Contains(readme, text) {
			t.Errorf("README.md lacks %s:\n%s", what, text)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
