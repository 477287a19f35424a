package english_test

import (
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/internal/english"
)

func TestCount(t *testing.T) {
	for _, test := range []struct {
		n          int
		noun, want string
	}{
		{0, "call", "0 calls"}, {1, "call", "1 call"}, {2, "call", "2 calls"},
		{1, "entry", "1 entry"}, {3, "entry", "3 entries"}, {2, "key", "2 keys"}, {2, "day", "2 days"},
	} {
		if got := english.Count(test.n, test.noun); got != test.want {
			t.Errorf("%d %s: %q, want %q", test.n, test.noun, got, test.want)
		}
	}
}

func TestFirstSentence(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"One.":                      "One.",
		"One thing\n  of two. Two.": "One thing of two.",
		"A file.lua and 1.5 of it":  "A file.lua and 1.5 of it",
	} {
		if got := english.FirstSentence(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestClipped(t *testing.T) {
	a := strings.Repeat("a", 99)
	for text, want := range map[string]string{"": "", a + "b": a + "b", a + "bc": a + "b…", a + "é": a + "…"} {
		if got := english.Clipped(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
