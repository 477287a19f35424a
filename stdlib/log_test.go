package stdlib

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// logging runs a script whose log events, and lines of the logger if there is one, are
// returned. There is a type of objects with a secret field.
func logging(t *testing.T, source string, logger *slog.Logger, limits runtime.Limits) ([]string, error) {
	t.Helper()
	var events []string
	secrets := runtime.Module{Name: "servers", Objects: []runtime.ObjectType{{Name: "server", Key: "id",
		Fields: []runtime.Field{{Name: "id", Type: runtime.ID}, {Name: "adminPass", Type: runtime.String, Secret: true}}}}}
	rt, err := runtime.New(runtime.Config{
		Modules: append(Modules(Config{Log: logger}), secrets),
		Limits:  limits,
		Clock:   runtime.NewVirtualClock(epoch),
		OnLog: func(e runtime.LogEvent) {
			events = append(events, fmt.Sprintf("%s %s %s/%s %v %s: %s %v", e.RunID, e.Time.UTC().Format("15:04:05"), e.Task, e.Path, e.Position, e.Level, e.Message, e.Attrs))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	program, err := runtime.Compile("rule.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rt.Run(context.Background(), program, runtime.RunOptions{ID: "r1"})
	return events, err
}

func TestLogEvents(t *testing.T) {
	events, err := logging(t, `
log.debug("begun")
time.sleep(3)
log.info("rebooting", {server = "web1", attempt = 2})
local function item(n)
  pcall(log.warn, n, {last = n == 2})
end
parallel.each({1, 2}, item, {limit = 1})
coroutine.wrap(function() log.error(json.null) end)()`, nil, runtime.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	day := epoch.UTC()
	start, later := day.Format("15:04:05"), day.Add(3e9).Format("15:04:05")
	want := strings.Join([]string{
		"r1 " + start + " /1 rule.lua:2 DEBUG: begun []",
		"r1 " + later + " /3 rule.lua:4 INFO: rebooting [attempt=2 server=web1]",
		"r1 " + later + " 4[1]/4[1].1 rule.lua:6 WARN: 1 [last=false]",
		"r1 " + later + " 4[2]/4[2].1 rule.lua:6 WARN: 2 [last=true]",
		"r1 " + later + " /5 rule.lua:9 ERROR: null []",
	}, "\n")
	if got := strings.Join(events, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, nil))
	events, err := logging(t, `
local made = {id = 1, adminPass = "hunter2"}
log.info("made", {server = made, all = {made}, adminPass = made.adminPass})
assert(made.adminPass == "hunter2")`, logger, runtime.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{strings.Join(events, "\n"), out.String()} {
		if strings.Contains(text, "hunter2") || strings.Count(text, "[secret]") != 3 {
			t.Errorf("logged %s", text)
		}
	}
}

func TestLogLinesAreBounded(t *testing.T) {
	for _, source := range []string{`log.info(("x"):rep(5e6))`, `local t = {} for i = 1, 50000 do t[i] = i end log.info("x", {list = t})`} {
		events, err := logging(t, source, nil, runtime.Limits{})
		if !errors.Is(err, &runtime.Error{Kind: runtime.BadRequest}) || !strings.Contains(err.Error(), "too large for a log line") || len(events) != 0 {
			t.Errorf("%.40s: %d events, %v", source, len(events), err)
		}
	}
	if events, err := logging(t, `log.info(("x"):rep(3e6), {text = ("x"):rep(5e5)})`, nil, runtime.Limits{}); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestLogEventsCountAsOutput(t *testing.T) {
	events, err := logging(t, `while true do log.debug(("x"):rep(100)) end`, nil, runtime.Limits{Output: 1000, Steps: 100_000})
	if !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) || len(events) != 9 {
		t.Errorf("%d events, %v", len(events), err)
	}
}
