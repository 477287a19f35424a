package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hinshun/vt10x"
)

// screenOf is what a person at a terminal sees of an output, scrolled up to the
// first line.
func screenOf(output string, columns int) string {
	screen := vt10x.New(vt10x.WithSize(columns, 400))
	_, _ = screen.Write([]byte(output))
	var lines []string
	for _, line := range strings.Split(screen.String(), "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// compareScreen compares with a golden file. Run with UPDATE_SCREENS=1 to write
// it anew.
func compareScreen(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (- want, + got):\n%s", file, diff)
	}
}

// paste is what a terminal sends when a person pastes.
func paste(text string) string {
	return "\x1b[200~" + strings.ReplaceAll(text, "\n", "\r") + "\x1b[201~"
}

// nothingTyped follows a prompt, or an indentation, at which the cursor waits.
const (
	nothingTyped = "\x1b[?25h"
	atPrompt     = "sim> " + nothingTyped
)

// TestScreens sits at a terminal of three widths and compares all that it shows.
func TestScreens(t *testing.T) {
	for _, columns := range []int{40, 60, 200} {
		t.Run(fmt.Sprint(columns), func(t *testing.T) {
			p, end := sitDown(t, uint16(columns), "repl", "--sim", "--read-only")
			ready := func() { t.Helper(); p.expect("sim read-only> " + nothingTyped) }
			do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
			ready()

			p.keys("flavors.li" + tab) // a verb
			p.expect("flavors.list{")
			do("}")
			do("f = _[1]")
			p.keys("f.na" + tab) // a field of a value
			p.expect("f.name")
			do("")
			p.keys("servers.create{ na" + tab) // an argument
			p.expect("name = ")
			p.keys(ctrlC)
			p.expect("^C")
			ready()
			p.keys(`servers.reboot(7, "H` + tab) // a value
			p.expect(`HARD"`)
			do(")") // which is refused: read-only
			p.keys("flavors.get(" + tab)
			p.expect(`"8GB server"`) // the last of the names that were seen, before their ids
			p.expect("as of now")    // and when that was
			compareScreen(t, fmt.Sprintf("testdata/screens/%d-completion.txt", columns), screenOf(p.screen[:p.read], columns))
			p.keys(ctrlC) // gives up the line, with the list
			p.expect("^C")
			ready()

			do("flavors.get?") // help
			do("flavors.gte?")
			do(":calls?")

			p.keys(paste("function double(n)\n\treturn 2 * n\nend\n")) // one entry
			p.expect("end")
			do("")
			do("double(21)")
			do("double??")
			p.keys("double(")
			p.expect("double(n)") // a hint
			p.keys(ctrlC)
			p.expect("^C")
			ready()

			p.keys("for i = 1, 2 do" + enter) // several lines
			p.expect("...>   " + nothingTyped)
			p.keys("if i > 1 then" + enter)
			p.expect("...>     " + nothingTyped)
			p.keys("print(i)" + enter + "end")
			p.expect("...>   end")
			p.keys(enter)
			do("end")
			p.keys(up)
			p.expect("...> end") // recalled whole
			do("")

			p.keys(`print("sta" .. "rted") while true do end` + enter) // Ctrl-C
			p.expect("started\r\n")
			p.keys(ctrlC)
			p.expect("error: ")
			ready()
			do(":history 2")

			p.keys(paste("x = 1\ny = 3") + up + "\x0f") // a line in between
			p.expect("y = 3")
			p.keys("z = 5")
			p.expect("z = 5")
			do("")
			do("x + y + z")

			p.keys(ctrlC)
			p.expect("Ctrl-C once more leaves")
			ready()
			p.keys(ctrlC)
			end()
			compareScreen(t, fmt.Sprintf("testdata/screens/%d.txt", columns), screenOf(p.screen, columns))
		})
	}
}
