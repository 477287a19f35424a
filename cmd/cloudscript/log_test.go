package main

import (
	"log/slog"
	"strings"
	"testing"
)

func TestScriptsLogForPeople(t *testing.T) {
	var out strings.Builder
	log := newScriptLog(&out)
	log.Debug("not shown")
	log.Info("rebooting", "server", "web1", "attempt", 2, "run", "0a1b", "call", "7")
	log.Warn("slow", "why", `a "busy" host`, "empty", "", "bell", "\a", "sum", "1=1")
	log.Error("gone")
	log.With("a", 1).WithGroup("g").Info("plain", slog.Group("nested", "b", 2))
	want := `info: rebooting server=web1 attempt=2
warn: slow why="a \"busy\" host" empty="" bell="\a" sum="1=1"
error: gone
info: plain nested="[b=2]"
`
	if got := out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}
