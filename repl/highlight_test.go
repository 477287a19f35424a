package repl

import (
	"regexp"
	"testing"
)

var escapes = regexp.MustCompile("\x1b\\[[0-9]*m")

func TestHighlight(t *testing.T) {
	h := Highlighter{Declared: func(name string) bool { return name == "servers" }}
	for source, want := range map[string]string{
		`servers.list() -- all`: "\x1b[36mservers\x1b[0m.list() \x1b[2m-- all\x1b[0m",
		`x.servers = 1`:         "x.servers = \x1b[33m1\x1b[0m",
		"local s = [[a\n\nb]]":  "\x1b[35mlocal\x1b[0m s = \x1b[32m[[a\x1b[0m\n\n\x1b[32mb]]\x1b[0m",
		`"unfinished`:           "\x1b[32m\"unfinished\x1b[0m",
	} {
		got := h.Highlight(source)
		if got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
		if plain := escapes.ReplaceAllString(got, ""); plain != source {
			t.Errorf("%q: without colours it is %q", source, plain)
		}
	}
}

// The library counts columns by the line; what is painted must take as many.
func TestPainterShowsMarksAtTheirWidth(t *testing.T) {
	line := []rune(marked("if x then\n\treturn 世\nend"))
	if got, want := string(painter{}.Paint(line, 0)), "if x then↵→return 世↵end"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := string(painter{}.Paint([]rune(marked("a\nb")+"\n"), 0)), "a↵b\n"; got != want {
		t.Errorf("the line end of the Enter key: got %q, want %q", got, want)
	}
	coloured := string(painter{colour: Highlighter{}.Highlight}.Paint(line, 3))
	if got := escapes.ReplaceAllString(coloured, ""); len([]rune(got)) != len(line) || got == coloured {
		t.Errorf("got %q for %q", coloured, string(line))
	}
	if got := string(painter{colour: Highlighter{}.Highlight}.Paint([]rune(":save if.lua"), 0)); got != ":save if.lua" {
		t.Errorf("a command is coloured: %q", got)
	}
}
