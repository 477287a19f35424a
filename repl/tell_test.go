package repl

import (
	"bytes"
	"testing"
)

func TestWhatThePromptSaysIsBrokenBetweenWords(t *testing.T) {
	for text, want := range map[string]string{
		"short\n":                          "short\n",
		"exactly twenty chars\n":           "exactly twenty chars\n",
		"one more than twenty.\n":          "one more than\ntwenty.\n",
		"a  b averyveryverylongword c d\n": "a  b\naveryveryverylongword\nc d\n",
		"\x1b[1;31merror:\x1b[0m \x1b[1mwent wrong in\x1b[0m full\n":         "\x1b[1;31merror:\x1b[0m \x1b[1mwent wrong in\x1b[0m\nfull\n",
		"数据 数据 数据 数据 数据\n":                                                   "数据 数据 数据 数据\n数据\n",
		"--> a place with a long name:1:2\n    1 | some code that is long\n": "--> a place with a long name:1:2\n    1 | some code that is long\n",
		"one line of many words\nanother line of many words":                 "one line of many\nwords\nanother line of many\nwords",
	} {
		if got := fitProse(text, 20); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// What goes to a file stays on its lines.
func TestOnlyATerminalHasAWidth(t *testing.T) {
	for wide, want := range map[int]string{
		0:  "error: there is no command \":nonsense\"; :help lists them\n",
		80: "error: there is no\ncommand \":nonsense\";\n:help lists them\n",
	} {
		var said bytes.Buffer
		p := prompt(t)
		p.Err, p.Width = &said, func() int { return 20 }
		p.place.Options.Width = wide
		_ = p.evaluate(t.Context(), ":nonsense")
		if said.String() != want {
			t.Errorf("%d columns at first: %q, want %q", wide, said.String(), want)
		}
	}
}
