package repl

import (
	"slices"
	"testing"
)

func TestNamesAreCompleted(t *testing.T) {
	complete := Completer(newRuntime(t))
	tests := map[string]struct {
		want  []string
		typed int
	}{
		"ser":                      {[]string{"servers."}, 3},
		"x = servers.cr":           {[]string{"create{"}, 2},
		"servers.":                 {[]string{"create{", "list(", "reboot("}, 0},
		"print(#servers.l":         {[]string{"list("}, 1},
		"servers.list()[1]:re":     {nil, 2}, // the owner is no name, see below
		"s:re":                     {[]string{"reboot("}, 2},
		"nobody.":                  {nil, 0},
		"servers.create{ name = x": {nil, 1},
	}
	for line, test := range tests {
		got, typed := complete(line)
		if !slices.Equal(got, test.want) || typed != test.typed {
			t.Errorf("%q: got %q, %d; want %q, %d", line, got, typed, test.want, test.typed)
		}
	}
}

func TestCompleterGivesEndings(t *testing.T) {
	c := completer{Completer(newRuntime(t))}
	endings := func(line string) []string {
		var out []string
		found, _ := c.Do([]rune(line), len([]rune(line)))
		for _, ending := range found {
			out = append(out, string(ending))
		}
		return out
	}
	for line, want := range map[string][]string{
		"servers.cr":         {"eate{"},
		"é = servers.cr":     {"eate{"},
		"":                   {"  "},
		"   ":                {"  "},
		"servers.nonsense":   nil,
		"print(servers.list": {"("},
	} {
		if got := endings(line); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
	if got, _ := (completer{}).Do([]rune("x"), 1); got != nil {
		t.Errorf("without Complete: %q", got)
	}
}
