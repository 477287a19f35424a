package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

func TestHelpIsLaidOut(t *testing.T) {
	const text = `Run a script, whichever it is, of a
file.

A second paragraph.

Usage:
  cloudscript run [flags] FILE [-- ARGS]

Examples:
  cloudscript run a.lua
  cloudscript run --json -e 'return servers.list()'   # two of them: as JSON
  cloudscript                                         # the prompt

Flags:
      --dir DIR         let the script read files below DIR
  -h, --help            help
      --a-long-name-of-a-flag FILE   what it is that it does
`
	const want = `Run a script, whichever it is,
of a file.

A second paragraph.

Usage:
  cloudscript run [flags] FILE
      [-- ARGS]

Examples:
  cloudscript run a.lua
  cloudscript run --json -e \
      'return servers.list()'
      # two of them: as JSON
  cloudscript  # the prompt

Flags:
      --dir DIR
              let the script
              read files below
              DIR
  -h, --help            help
      --a-long-name-of-a-flag
          FILE
              what it is that it
              does
`
	if diff := cmp.Diff(want, fitHelp(text, 32)); diff != "" {
		t.Error(diff)
	}
	for _, width := range []int{0, 100} {
		if diff := cmp.Diff(text, fitHelp(text, width)); diff != "" {
			t.Errorf("%d columns: %s", width, diff)
		}
	}
}

// Every command's help fits, but for words that are longer, and has all its words.
func TestAllHelpFitsTheTerminal(t *testing.T) {
	root := newRootCommand(&streams{getenv: func(string) string { return "" }})
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		var help bytes.Buffer
		cmd.InitDefaultHelpFlag()
		root.SetOut(&help)
		if err := cmd.Help(); err != nil {
			t.Error(err)
		}
		plain := help.String()
		for _, width := range []int{40, 60, 80, 132} {
			fitted := fitHelp(plain, width)
			for line := range strings.Lines(fitted) {
				line = strings.TrimRight(line, "\n")
				if words, _ := shellWords(strings.Trim(line, ` \`)); columns.Of(line) > width && len(words) > 1 {
					t.Errorf("%s at %d: %s", cmd.CommandPath(), width, line)
				}
			}
			if !slices.Equal(strings.Fields(plain), withoutMarks(fitted, plain)) {
				t.Errorf("%s at %d has other words:\n%s", cmd.CommandPath(), width, fitted)
			}
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(root)
}

// withoutMarks are the words of a text without the marks that broken examples have
// more than plain: \ where they go on, # where a comment does.
func withoutMarks(text, plain string) []string {
	comments := strings.Count(plain, " # ")
	return slices.DeleteFunc(strings.Fields(text), func(word string) bool {
		if word == "#" {
			comments--
		}
		return word == `\` || word == "#" && comments < 0
	})
}

func TestShellWords(t *testing.T) {
	words, comment := shellWords(`a  "b 'c" 'd "e' x#y # f "g`)
	if diff := cmp.Diff([]string{"a", `"b 'c"`, `'d "e'`, "x#y"}, words); diff != "" || comment != `# f "g` {
		t.Errorf("%s, comment %q", diff, comment)
	}
}
