package runtime

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// slowToTell raises an error whose message takes a function some steps.
const slowToTell = `error(setmetatable({}, {__tostring = function() for i = 1, 1000 do end return "told at last" end}))`

// The error of a background task is told with what the task may use: the evaluation that
// spawned it has ended, and it may have been stopped.
func TestTheErrorOfABackgroundTaskIsToldWithoutTheEvaluation(t *testing.T) {
	ended := make(chan BackgroundTask, 1)
	s, err := newCloud(t).NewSession(RunOptions{Background: true, OnTask: func(b BackgroundTask) { ended <- b }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.Do(func() {
		_, err := s.Eval(ctx, "test", `try.spawn(function() try.sleep("1h") `+slowToTell+` end)`)
		if err != nil {
			t.Error(err)
		}
		cancel()
		if _, err = s.Eval(ctx, "test", `while true do end`); err == nil {
			t.Error("was not cancelled")
		}
	})
	if b := <-ended; b.Err == nil || b.Err.Message != "told at last" {
		t.Errorf("told %v", b.Err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Likewise that of a clean-up function, after a run that used up its steps.
func TestTheErrorOfACleanUpIsToldAfterALimit(t *testing.T) {
	var log bytes.Buffer
	rt := newCloud(t, func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	_, err := script(t, rt, `try.cleanup(function() `+slowToTell+` end) while true do end`, func(o *RunOptions) { o.Limits.Steps = 100_000 })
	if err == nil || !strings.Contains(log.String(), "told at last") {
		t.Errorf("ended with %v, logged %s", err, log.String())
	}
}

// Clean-up functions that are not called, as those before left them nothing, are told of.
func TestCleanUpThatIsNotCalledIsTold(t *testing.T) {
	var log bytes.Buffer
	rt := newCloud(t, func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	_, err := script(t, rt, `
try.cleanup(function() error("never called") end)
try.cleanup(function() error("never called either") end)
try.cleanup(function() while true do end end)
try.cleanup(function() error("called") end)`)
	if e := new(Error); !errors.As(err, &e) || !strings.Contains(e.Message, "called") {
		t.Errorf("ended with %v", err)
	}
	if got := log.String(); !strings.Contains(got, "test.lua:4: the allowance of 1000000 steps is used up") || !strings.Contains(got, "not called") || !strings.Contains(got, "functions=2") || strings.Contains(got, "never called") {
		t.Errorf("logged %s", got)
	}
}
