package vm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCorpus runs the snippets of testdata/corpus and compares what they print
// with what C Lua 5.1 printed. VM_UPDATE=1 records that again.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	lines := 0
	for _, file := range files {
		src := readFile(t, file)
		lines += strings.Count(src, "\n")
		t.Run(filepath.Base(file), func(t *testing.T) {
			record := strings.TrimSuffix(file, ".lua") + ".out"
			if os.Getenv("VM_UPDATE") != "" {
				if err := os.WriteFile(record, []byte(oracle(t, "lua5.1", src)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got, err := newMachine(t, Options{}).run("stdin", src, CallOptions{})
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(readFile(t, record), got); diff != "" {
				t.Errorf("differs from C Lua (-C +here):\n%s", diff)
			}
		})
	}
	if lines < 400 {
		t.Errorf("the corpus has %d lines, expected at least 400", lines)
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestAssignmentChecks runs the same checks as a script and at a prompt.
func TestAssignmentChecks(t *testing.T) {
	src := readFile(t, "testdata/assignment_checks.lua")
	const want = "24 checks, 0 wrong\n"
	got, err := newMachine(t, Options{}).run("checks", src, CallOptions{})
	if err != nil || got != want {
		t.Errorf("as a script: %q, %v", got, err)
	}

	m := newMachine(t, Options{})
	for _, line := range strings.Split(strings.TrimSpace(src), "\n") {
		p, err := CompileLine("prompt", line)
		if err != nil {
			t.Fatalf("%s\n%v", line, err)
		}
		if _, err := m.Call(CallOptions{}, m.Load(p, nil)); err != nil {
			t.Fatalf("%s\n%v", line, err)
		}
	}
	if m.out.String() != want {
		t.Errorf("at a prompt: %q", m.out.String())
	}
}
