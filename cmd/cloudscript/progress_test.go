package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestStatusLineGivesWayToOutput(t *testing.T) {
	var screen strings.Builder
	line := &statusLine{terminal: &screen, width: func() int { return 24 }}
	out := line.around(&screen)

	fmt.Fprintln(out, "before")
	line.show(runtime.ProgressEvent{Verb: "servers.wait", Line: "web1 40%"})
	line.show(runtime.ProgressEvent{Verb: "servers.wait", Line: "a name that is long"})
	fmt.Fprintln(out, "between")
	line.show(runtime.ProgressEvent{Verb: "vm.wait", Line: "db1"})
	line.clear()
	line.clear()

	want := "before\n" +
		"\rservers.wait: web1 40%\x1b[K" +
		"\rservers.wait: a name t…\x1b[K" +
		"\r\x1b[Kbetween\n" +
		"\rvm.wait: db1\x1b[K" +
		"\r\x1b[K"
	if got := screen.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestTextIsCutBetweenCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"short":                            "short",
		"exactly ten":                      "exactly t…",
		"数据库服务器":                           "数据库服…", // each takes two columns
		"e\u0301tat e\u0301tat e\u0301tat": "e\u0301tat e\u0301tat…",
	} {
		if got := fit(text, 10); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
