package main

import (
	"strings"
	"testing"
)

func TestLookAlike(t *testing.T) {
	for _, test := range []struct {
		got, want string
		alike     bool
	}{
		{"caf\u00e9", "cafe\u0301", true},
		{"e\u0301", "e", true},
		{"caf\u00e9", "cafe", false},
		{"na\u0308h", "na\u0308m", false},
		{"", "a", false},
	} {
		if lookAlike(test.got, test.want) != test.alike || lookAlike(test.want, test.got) != test.alike {
			t.Errorf("%+q %+q", test.got, test.want)
		}
	}
}

func TestApart(t *testing.T) {
	long := strings.Repeat("0123456789", 10)
	for name, test := range map[string]struct{ got, want, text string }{
		"at the beginning":    {"abc", "xbc", `character 1: "abc" "xbc"`},
		"within":              {long + "a", long + "b", `character 101: "…0123456789" + "0123456789a" "…0123456789" + "0123456789b"`},
		"one ends":            {"ab", "abc", `character 3: "ab" (the end) "abc"`},
		"in a later line":     {"a\nbcd\ne", "a\nbxd\ne", `line 2, character 2: "bcd\n" "bxd\n"`},
		"at a line end":       {"a\nb", "a\nb\n", `line 2, character 2: "b" (the end) "b\n"`},
		"characters of bytes": {strings.Repeat("é", 30) + "a", strings.Repeat("é", 30) + "b", `character 31: "…éééééééééé" + "a" "…éééééééééé" + "b"`},
		"half a character":    {"a\xc3\xa9", "a\xc3\xa8", `character 2: "aé" "aè"`},
		"no characters":       {strings.Repeat("\x80", 30), strings.Repeat("\x80", 30) + "\x81", `character 31: "…` + strings.Repeat(`\x80`, 30) + `" (the end) "…` + strings.Repeat(`\x80`, 14) + `\…`},
	} {
		place, got, want := apart(test.got, test.want)
		text := strings.ReplaceAll(test.text, `" + "`, "")
		if s := place + ": " + got + " " + want; s != text {
			t.Errorf("%s:\n got %s\nwant %s", name, s, text)
		}
	}
}
