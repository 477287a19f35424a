package repl

import "testing"

func TestEntriesMayEndInAnExpression(t *testing.T) {
	for entry, want := range map[string]string{
		"a = 1\na + 1":            "a = 1\nreturn a + 1",
		"a = 1\na":                "a = 1\nreturn a",
		"a = 1; a":                "a = 1; return a",
		"a = 1 -- why\n\n-- a\na": "a = 1 -- why\n\n-- a\nreturn a",
		"a = 1\n{\n  a,\n  2\n}":  "a = 1\nreturn {\n  a,\n  2\n}",
		"local t = {}\n#t, 2":     "local t = {}\nreturn #t, 2",
		"a = 1\nf()":              "a = 1\nreturn f()",
		"a = 1; f{\n2\n}":         "a = 1; return f{\n2\n}",
		"f()\na:b()\nc.d'x' -- e": "f()\na:b()\nreturn c.d'x' -- e",
		// What is right, or wrong, otherwise.
		"a = 1":                   "a = 1",
		"a +\n1":                  "a +\n1",
		"f = g\n{2}":              "f = g\n{2}",
		"local a = f()\nb = g()":  "local a = f()\nb = g()",
		"do f()\ng() end":         "do f()\ng() end",
		"f = function()\ng() end": "f = function()\ng() end",
		"a = 1\nreturn a":         "a = 1\nreturn a",
		"a = 1\na +":              "a = 1\na +",
		"a = \na\nb c":            "a = \na\nb c",
		"for i = 1, 2 do\ni":      "for i = 1, 2 do\ni",
		"for i = 1, 2 do\ni\nend": "for i = 1, 2 do\ni\nend",
		"f(\na":                   "f(\na",
		"":                        "",
	} {
		if got := returningLast(entry); got != want {
			t.Errorf("%q: got %q, want %q", entry, got, want)
		}
	}
}
