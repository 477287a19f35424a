package main

import (
	"strings"
	"testing"
)

// A loop that takes long is seen while it goes on, and nothing is left of it in what
// the script printed.
func TestProgressOfALoopAtATerminal(t *testing.T) {
	const loop = `parallel.each({1, 2}, function(i) time.sleep("1s") print("item " .. i) end, {limit = 1}) print("ready")`
	p, end := sitDown(t, 60, "run", "-e", loop)
	p.expect("\rparallel.each: 0 of 2, ")
	p.expect("time.sleep: waiting")
	p.expect("item 1")
	p.expect("\rparallel.each: 1 of 2, ")
	end()
	if got, want := screenOf(p.screen, 60), "item 1\nitem 2\nready\n"; got != want {
		t.Errorf("the screen shows\n%swant\n%s", got, want)
	}

	p, end = sitDown(t, 60, "run", "--quiet", "-e", strings.ReplaceAll(loop, "1s", "400ms"))
	end()
	if strings.Contains(p.screen, "parallel.each") {
		t.Errorf("--quiet shows %q", p.screen)
	}
}
