package repl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checking finds lines that have a word: "unknown" is what nobody knows, "unused" works
// all the same, "stubborn" cannot be silenced.
func checking(t *testing.T, name string) func(file, script string) []Mistake {
	return func(file, script string) []Mistake {
		if filepath.Base(file) != name {
			t.Errorf("checked as %s", file)
		}
		var found []Mistake
		lines := strings.Split(script, "\n")
		for i, line := range lines {
			silent := i > 0 && strings.Contains(lines[i-1], "disable-next-line: ")
			for word, works := range map[string]bool{"unknown": false, "unused": true, "stubborn": true} {
				comment := strings.HasPrefix(strings.TrimSpace(line), "--")
				if strings.Contains(line, word) && !comment && (word == "stubborn" || !silent) {
					found = append(found, Mistake{Line: i + 1, Rule: word + "-rule", Message: "this is " + word, Works: works})
				}
			}
		}
		return found
	}
}

// A check accepts what is saved.
func TestWhatACheckRefusesIsNotSaved(t *testing.T) {
	p := prompt(t,
		"a = 1",
		"unknown",
		"local function f()\n  local unused = 1 local unused = 2\nend",
		"stubborn = 2",
		"local text = [[\nunused = ]] b = 3",
		"_",
	)
	p.place.Check = checking(t, "session.lua")
	got, entries, err := p.script("session.lua")
	want := `a = 1
-- (left out: this is unknown)
-- local result1 = unknown
-- show(result1)
local function f()
  ---@diagnostic disable-next-line: unused-rule
  local unused = 1 local unused = 2
end
-- (left out: this is stubborn)
-- stubborn = 2
-- (left out: this is unused)
-- local text = [[
-- unused = ]] b = 3
show(result1)
`
	if diff := cmp.Diff(want, strings.TrimPrefix(got, savedHead)); diff != "" || entries != 3 || err != nil {
		t.Errorf("%d entries, %v (- want, + got):\n%s", entries, err, diff)
	}
}

func TestSaveSaysThatEntriesAreLeftOut(t *testing.T) {
	for _, test := range []struct {
		entries []string
		want    string
	}{
		{[]string{"a = 1"}, "1 entry saved in FILE; this runs it:\n  cloudscript run FILE\n"},
		{[]string{"a = 1", "unknown"}, "1 entry saved in FILE; this runs it:\n  cloudscript run FILE\n1 entry was left out; a comment in the file says why\n"},
		{[]string{"a = 1", "unknown", `token = "x"`}, "1 entry saved in FILE; this runs it:\n  cloudscript run FILE\n2 entries were left out; comments in the file say why\n"},
		{[]string{"place = 'sim'"}, "1 entry saved in FILE; this runs it:\n  cloudscript run --sim FILE\n"},
		{[]string{"unknown"}, "error: there is nothing to save: each entry seems to hold a secret, or cloudscript check would refuse it\n"},
	} {
		p := prompt(t, test.entries...)
		p.place.Check = checking(t, "saved.lua")
		if strings.Contains(test.entries[0], "sim") {
			p.place.Run = func(file string) string { return "cloudscript run --sim " + file }
		}
		var said strings.Builder
		p.Err = &said
		file := filepath.Join(t.TempDir(), "saved.lua")
		_ = p.evaluate(t.Context(), ":save "+file)
		if got := strings.ReplaceAll(said.String(), file, "FILE"); got != test.want {
			t.Errorf("%q: it says %q, want %q", test.entries, got, test.want)
		}
		if _, err := os.Stat(file); (err == nil) == strings.HasPrefix(test.want, "error") {
			t.Errorf("%q: the file: %v", test.entries, err)
		}
	}
}
