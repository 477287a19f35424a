package repl

import (
	"strings"
	"testing"
)

func TestIndentation(t *testing.T) {
	for source, want := range map[string]int{
		"x = 1\n":                                0,
		"for i = 1, 2 do\n":                      1,
		"while x do if y then\n":                 1,
		"f({\n":                                  1,
		"f(function()\n":                         1,
		"if x then\n  y()\nelse\n":               1,
		"if x then y() end\n":                    0,
		"t = { -- do {\n":                        1,
		"x = [[ do {\n":                          0,
		"end end )\nfor k in pairs(t) do\n":      1,
		"repeat\n":                               1,
		"repeat x() until y\n":                   0,
		`servers.create{name = "do", image = 1,`: 1,
	} {
		if got := indentOf(source, ""); got != strings.Repeat("  ", want) {
			t.Errorf("%q: %d columns, want %d", source, len(got), 2*want)
		}
	}
}

// typed types text at the end of an entry as a person does, Enter as \n.
func typed(entry, text string) string {
	line := []rune(marked(entry))
	pos := len(line)
	for _, key := range text {
		if key == '\n' {
			line, pos = newLine(append(line, lineEndMark), pos+1)
			continue
		}
		line, pos = append(line, key), pos+1
		if changed, at, ok := reindented(unmarked(string(line)), pos); ok {
			line, pos = []rune(marked(changed)), at
		}
	}
	return unmarked(string(line))
}

func TestTypingIndents(t *testing.T) {
	for text, want := range map[string]string{
		"do\nx()\nend":                       "do\n  x()\nend",
		"if a then\nb()\nelse\nc()\nend":     "if a then\n  b()\nelse\n  c()\nend",
		"do\nendpoint = 1\nend":              "do\n  endpoint = 1\nend", // not an end after all
		"t = {\na = {\n1,\n},\n}":            "t = {\n  a = {\n    1,\n  },\n}",
		"repeat\nx()\nuntil y":               "repeat\n  x()\nuntil y",
		"do\n  deeper()\nend":                "do\n    deeper()\nend",
		"f(function()\nx()\nend)":            "f(function()\n  x()\nend)",
		"function f(\na,\nb\n)\nreturn\nend": "function f(\n  a,\n  b\n)\n  return\nend",
		"x = [[\nend":                        "x = [[\nend",
		"if a then\nb()\nelseif c then\nd()": "if a then\n  b()\nelseif c then\n  d()",
	} {
		if got := typed("", text); got != want {
			t.Errorf("%q typed gives\n%s\nwant\n%s", text, got, want)
		}
	}
	// What somebody has indented otherwise stays.
	for entry, text := range map[string]string{"do\n     ": "end", "do\nx() ": "end", "do\n  x() ": "end"} {
		if got := typed(entry, text); got != entry+text {
			t.Errorf("%q and then %q gives %q", entry, text, got)
		}
	}
}

func TestCursorMovesBetweenLines(t *testing.T) {
	line := []rune(marked("abcdef\ngh\nijklm"))
	for _, tt := range []struct {
		name string
		move edit
		from int
		to   int
	}{
		{"up", up, 9, 2}, {"up to a shorter line", up, 14, 9}, {"up from the first line", up, 3, 3},
		{"down", down, 1, 8}, {"down to a shorter line", down, 5, 9}, {"down from the last line", down, 12, 12},
		{"start", lineStart, 8, 7}, {"end", lineEnd, 7, 9}, {"end of the last line", lineEnd, 11, 15},
	} {
		if _, to := tt.move(line, tt.from); to != tt.to {
			t.Errorf("%s from %d: to %d, want %d", tt.name, tt.from, to, tt.to)
		}
	}
}
