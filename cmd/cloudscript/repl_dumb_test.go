package main

import (
	"strings"
	"testing"
)

// A terminal that does nothing but print is sent nothing else.
func TestPromptAtADumbTerminal(t *testing.T) {
	p, end := sitDownAt(t, append(command(t).Env, "TERM=dumb"), 60, "repl", "--sim")
	ready := func() { t.Helper(); p.expect("sim> ") }
	do := func(keys string) { t.Helper(); p.keys(keys + "\n"); ready() }
	ready()
	do("servers.create{name = 'a', image = 112, flavor = 1}.status")
	p.keys("x = {\n")
	p.expect("...> ")
	p.keys(ctrlC)
	ready()
	p.keys(`print("sta" .. "rted") while true do end` + "\n")
	p.expect("started\r\n")
	p.keys(ctrlC)
	p.expect("error: ")
	ready()
	p.keys(ctrlC)
	p.expect("Ctrl-C once more leaves")
	ready()
	p.keys(ctrlC)
	end()
	if strings.Contains(p.screen, "\x1b") || !strings.Contains(p.screen, `"BUILD"`) {
		t.Errorf("the terminal is sent %q", p.screen)
	}
}
