package main

import (
	"os"
	"strings"
	"testing"
)

func interrupt(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}

func TestInterruptEndsTheRun(t *testing.T) {
	p := start(t, command(t, "run", "-e", `print("started") while true do end`))
	if line := p.line(); line != "started" {
		t.Fatalf("first line %q", line)
	}
	interrupt(t, p)
	if code := p.end(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	got := p.stderr.String()
	for _, want := range []string{"cloudscript: stopping; Ctrl-C once more ends at once\n", "error: "} {
		if !strings.Contains(got, want) {
			t.Errorf("standard error lacks %q:\n%s", want, got)
		}
	}
}

// The script's own pcall does not stand in the way of Ctrl-C.
func TestInterruptIsNotSwallowed(t *testing.T) {
	p := start(t, command(t, "run", "-e", `print("started") while true do pcall(function() while true do end end) end`))
	p.line()
	interrupt(t, p)
	if code := p.end(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
}
