package repl

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A reference, and what else the prompt says of itself, breaks between words on
// narrow terminals.
func TestReferencesFitTheTerminal(t *testing.T) {
	p := prompt(t)
	for _, columns := range []int{40, 60, 80, 200} {
		widest := 0
		for _, name := range []string{"", "servers", "server", "servers.create", "server:reboot"} {
			text, ok := Describe(p.place.Runtime, name, columns)
			if !ok {
				t.Fatalf("nothing is said of %q", name)
			}
			for line := range strings.Lines(text) {
				width := utf8.RuneCountInString(strings.TrimRight(line, "\n"))
				widest = max(widest, width)
				if width > min(columns, 80) {
					t.Errorf("%d columns: a line of %q takes %d: %s", columns, name, width, line)
				}
			}
		}
		if widest < min(columns, 80)/2 {
			t.Errorf("%d columns: the widest line takes %d", columns, widest)
		}
	}
}
