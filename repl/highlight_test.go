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
		`{servers = servers}`:   "{servers = \x1b[36mservers\x1b[0m}",
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
