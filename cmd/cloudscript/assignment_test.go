package main

import (
	"os"
	"testing"
)

// Assignments that gopher-lua's own compiler gets wrong are right in the runner
// and at the prompt.
func TestAssignmentsAreRightEverywhere(t *testing.T) {
	const checks = "../../runtime/internal/vm/testdata/assignment_checks.lua"
	for name, args := range map[string][]string{
		"runner":         {"run", checks},
		"standard input": {"run", "-"},
		"prompt":         {"repl"},
	} {
		t.Run(name, func(t *testing.T) {
			in, err := os.Open(checks)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			cmd := command(t, args...)
			cmd.Stdin = in
			out, err := cmd.CombinedOutput()
			if want := "24 checks, 0 wrong\n"; err != nil || string(out) != want {
				t.Errorf("got %q (%v), want %q", out, err, want)
			}
		})
	}
}
