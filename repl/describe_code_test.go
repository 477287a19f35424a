package repl

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/internal/columns"
)

func TestCodeBreaksBetweenWords(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"a call": {
			`local web = create{name = "a b", image = 104}`,
			`local web =
    create{name =
    "a b",
    image = 104}`,
		},
		"a break behind a comma": {
			`f(one, two, three = 33)`,
			`f(one, two,
    three = 33)`,
		},
		"lines and their indentation": {
			"if a then\n  print(one, two, three, four)\n\nend",
			"if a then\n  print(one, two,\n      three, four)\n\nend",
		},
		"a comment": {
			"x = 1 -- the first of all the numbers",
			"x = 1 -- the first of\n    -- all the numbers",
		},
		"a long comment":   {"--[[ it may have spaces of its own ]]", "--[[ it may have spaces of its own ]]"},
		"a parenthesis":    {"local abcdefghijkl = (1 + 2)", "local abcdefghijkl\n    = (1 + 2)"},
		"texts stay whole": {`print("a text of many words that is long")`, `print("a text of many words that is long")`},
		"a text of lines":  {"x = [[\na  b\n]]", "x = [[\na  b\n]]"},
		"short code":       {"a  =  1", "a  =  1"},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(fitCode(test.source, 22), "\n")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if got := strings.Join(fitCode(test.source, 0), "\n"); got != test.source {
				t.Errorf("without a width it is %s", got)
			}
		})
	}
}

// However narrow, all examples stay the same program.
func TestBrokenExamplesMeanTheSame(t *testing.T) {
	texts := func(source string) (list []string) {
		for _, token := range code(source) {
			list = append(list, token.text)
		}
		return list
	}
	broken := 0
	for _, v := range prompt(t).place.Runtime.Verbs() {
		for _, width := range []int{26, 56, 76} {
			lines := fitCode(v.Example, width)
			if got := strings.Join(lines, "\n"); got != v.Example {
				broken++
				if !slices.Equal(texts(v.Example), texts(got)) {
					t.Errorf("%s at %d: %s", v.Name, width, got)
				}
			}
			for _, line := range lines {
				if columns.Of(line) > width && strings.Contains(strings.TrimLeft(line, " "), " ") && !strings.ContainsAny(line, "\"'") {
					t.Errorf("%s at %d is too long: %s", v.Name, width, line)
				}
			}
		}
	}
	if broken == 0 {
		t.Error("no example is too long")
	}
}
