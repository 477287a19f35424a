package lualib

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const differencesFile = "testdata/differences.txt"

// TestDifferences holds differences.md to what the library and C Lua do.
func TestDifferences(t *testing.T) {
	ours := results(evaluate(t, differencesFile))
	if recorded, ok := evaluateInC(t, differencesFile); ok {
		theirs := results(recorded)
		for snippet, result := range ours {
			if theirs[snippet] == result {
				t.Errorf("no difference: %s gives %s", snippet, result)
			}
		}
		if *update {
			writeFile(t, "differences.md", differencesPage(t, ours, theirs))
		}
	}
	page := readFile(t, "differences.md")
	for snippet, result := range ours {
		if !strings.Contains(page, fmt.Sprintf(" | %s |\n", code(result))) || !strings.Contains(page, "| "+code(snippet)+" |") {
			t.Errorf("differences.md does not say that %s gives %s", snippet, result)
		}
	}
}

// results maps snippets to their results, in the prelude's output.
func results(output string) map[string]string {
	byLine := map[string]string{}
	lines := strings.Split(strings.TrimSpace(output), "\n")
	for i := 0; i+1 < len(lines); i += 2 {
		byLine[lines[i]] = strings.TrimSpace(lines[i+1])
	}
	return byLine
}

var address = regexp.MustCompile(`0x[0-9a-f]{6,}`)

func differencesPage(t *testing.T, ours, theirs map[string]string) string {
	var b strings.Builder
	b.WriteString("# Meant differences from Lua 5.1\n\n" +
		"Made by `go test -update` from testdata/differences.txt. `=` gives values, `!` raises an error.\n")
	for _, line := range strings.Split(strings.TrimSpace(readFile(t, differencesFile)), "\n") {
		if reason, ok := strings.CutPrefix(line, "-- "); ok {
			fmt.Fprintf(&b, "\n%s\n\n| expression | lua5.1 | here |\n|---|---|---|\n", reason)
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", code(line), code(address.ReplaceAllString(theirs[line], "0x…")), code(ours[line]))
	}
	return b.String()
}

// code is text in a cell of a table.
func code(s string) string {
	s = strings.NewReplacer("|", "\\|", "\x00", "\\0").Replace(s)
	if len(s) > 160 {
		s = s[:160] + "…"
	}
	return "`` " + s + " ``"
}
