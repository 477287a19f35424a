package main

import (
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestKeysOfALine types with all the keys that move about in a line.
func TestKeysOfALine(t *testing.T) {
	p, ended := sitDown(t, 60, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
	ready()
	p.keys(deleteKey) // it is not Ctrl-D, and leaves nothing
	do(`b + c` + home + `a = 1 + ` + end + wordLeft + wordLeft + deleteKey + deleteKey + deleteKey + deleteKey + `2`)
	do(`x = "👩‍👩‍👧e` + "\u0301" + `"` + left + left + `Z` + left + left + deleteKey + end + backspace + backspace + `Y"`)
	do("x, a")
	p.keys(ctrlD)
	ended()
	screen := screenOf(p.screen, 60)
	for _, want := range []string{"sim> a = 1 + 2c\n", "\"ZY\"\n"} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q:\n%s", want, screen)
		}
	}
}

// A list of candidates that are wider than the terminal can be walked through, and
// Ctrl-C gives it up with the line.
func TestCandidatesWiderThanTheTerminal(t *testing.T) {
	p, ended := sitDown(t, 40, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
	ready()
	long := strings.Repeat("y", 50)
	do("t = {x1 = 1, " + long + " = 2}")
	p.keys("t." + tab)
	p.expect("x1")
	p.keys(tab + down + home + enter) // choose x1, the other one, which is taken
	p.expect("t." + long[:33])
	p.keys(ctrlC)
	p.expect("^C")
	ready()
	p.keys("t." + tab)
	p.expect("x1")
	p.keys(ctrlC)
	p.expect("t.^C")
	ready()
	p.keys(ctrlD)
	ended()
}

// A search that is given up leaves what was typed before it.
func TestSearchesAreGivenUp(t *testing.T) {
	p, ended := sitDown(t, 60, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
	ready()
	do("abc = 1")
	do("abd = 2")
	p.keys("typed" + left + "\x12ab\x12") // twice Ctrl-R
	p.expect("i-search: ab")
	p.expect("abc = 1")
	p.keys(ctrlC)
	p.expect("typed\r\x1b[9C" + nothingTyped)
	p.keys(ctrlC)
	p.expect("typed^C")
	ready()
	p.keys(ctrlD)
	ended()
}

func TestTheEntryFitsATerminalThatHasBecomeNarrower(t *testing.T) {
	p, ended := sitDown(t, 80, "repl", "--sim")
	p.expect(atPrompt)
	p.keys("servers.get(")
	p.expect("servers.get(id)  id: id, required: the server")
	if err := pty.Setsize(p.terminal, &pty.Winsize{Rows: 40, Cols: 20}); err != nil {
		t.Fatal(err)
	}
	p.expect("servers.get(id)  id:\x1b[1A")
	p.keys(ctrlC)
	p.expect(atPrompt)
	p.keys(ctrlD)
	ended()
}
