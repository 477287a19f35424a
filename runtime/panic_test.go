package runtime

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
)

type panickingWriter struct{}

func (panickingWriter) Write([]byte) (int, error) { panic("the host's fault") }

// Whichever of the host's functions panics, and on whichever goroutine: that run ends
// with its Go stack for the host, and the next one goes well.
func TestAPanicOfTheHostEndsItsRunOnly(t *testing.T) {
	const boom = "the host's fault"
	for name, test := range map[string]struct {
		source  string
		config  func(*Config)
		options func(*RunOptions)
	}{
		"OnCall":              {`servers.get(1)`, func(c *Config) { c.OnCall = func(CallEvent) { panic(boom) } }, nil},
		"OnCall in a task":    {`try.each({1, 2}, function(id) pcall(servers.get, id) end)`, func(c *Config) { c.OnCall = func(CallEvent) { panic(boom) } }, nil},
		"OnProgress":          {`pcall(try.progress)`, func(c *Config) { c.OnProgress = func(ProgressEvent) { panic(boom) } }, nil},
		"OnProgress, the end": {`try.progress()`, func(c *Config) { c.OnProgress = func(e ProgressEvent) { panicIf(e.Ended) } }, nil},
		"OnProgress of tasks": {`try.each({1, 2, 3}, function() end)`, func(c *Config) { c.OnProgress = func(e ProgressEvent) { panicIf(e.Done == 1) } }, nil},
		"OnProgress before":   {`pcall(try.each, {1, 2, 3}, function() end)`, func(c *Config) { c.OnProgress = func(e ProgressEvent) { panicIf(e.Done == 0) } }, nil},
		"Decide":              {`pcall(servers.get, 1)`, func(c *Config) { c.Policy.Decide = func(*Call) error { panic(boom) } }, nil},
		"Require":             {`pcall(require, "m")`, func(c *Config) { c.Require = func(string) (string, []byte, error) { panic(boom) } }, nil},
		"a value":             {`pcall(value)`, func(c *Config) { c.Values = map[string]any{"value": func() { panic(boom) }} }, nil},
		"Stdout":              {`pcall(print)`, nil, func(o *RunOptions) { o.Stdout = panickingWriter{} }},
		"a link": {`pcall(servers.get, 1)`, nil, func(o *RunOptions) {
			o.Plan = func(Handler) Handler { return func(context.Context, *Call) (any, error) { panic(boom) } }
		}},
		"a verb, in a spawned": {`try.spawn(try.panic)`, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t, func(c *Config) {
				if test.config != nil {
					test.config(c)
				}
			})
			_, err := script(t, rt, test.source, func(o *RunOptions) {
				if test.options != nil {
					test.options(o)
				}
			})
			var e *Error
			var p *PanicError
			if !errors.As(err, &e) || e.Kind != Internal || !errors.As(err, &p) || p.Value != boom || !strings.Contains(string(p.Stack), "_test.go") {
				t.Errorf("ended with %v", err)
			}
			prints(t, rt, `local t = {} for i = 1, 100 do t[i] = i end`, "")
		})
	}
}

// The end of a background task is told when no evaluation may be under way.
func TestAPanicOfOnTaskIsTheTasksError(t *testing.T) {
	const boom = "the host's fault"
	told := make(chan struct{})
	s, err := newCloud(t).NewSession(RunOptions{Background: true, OnTask: func(BackgroundTask) {
		close(told)
		panic(boom)
	}})
	if err != nil {
		t.Fatal(err)
	}
	eval := func(source string) {
		if _, err := s.Eval(t.Context(), "test", source); err != nil {
			t.Error(err)
		}
	}
	s.Do(func() { eval(`try.spawn(function() end)`) })
	<-told
	s.Do(func() {
		var p *PanicError
		if tasks := s.BackgroundTasks(); len(tasks) != 1 || !errors.As(tasks[0].Err, &p) || p.Value != boom {
			t.Errorf("the tasks are %+v", tasks)
		}
		eval(`return 1`)
	})
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Nor does it matter that the tasks only leave, as the run was cancelled.
func TestAPanicOfTheHostAboutTasksThatLeaveIsLogged(t *testing.T) {
	const tasks = 4
	for _, source := range []string{`for i = 1, 4 do try.spawn(long.wait) end`, `try.each({1, 2, 3, 4}, function() long.wait() end)`} {
		ctx, cancel := context.WithCancel(t.Context())
		var log bytes.Buffer
		var waiting atomic.Int64
		rt := newCloud(t, func(c *Config) {
			c.Logger = slog.New(slog.NewTextHandler(&log, nil))
			c.OnProgress = func(e ProgressEvent) { panicIf(e.Ended && e.Verb == "long.wait") }
			c.Modules = append(c.Modules, Module{Name: "long", Verbs: []Verb{{Name: "long.wait", Doc: "Waits.", Func: func(ctx context.Context, c *Call) (any, error) {
				c.Progress(ctx, Progress{Line: "waiting"})
				if waiting.Add(1) == tasks {
					cancel()
				}
				return nil, c.Clock().Wait(ctx, nil)
			}}}})
		})
		p, err := Compile("test.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(ctx, p, RunOptions{ID: "run"}); !errors.Is(err, &Error{Kind: Cancelled}) {
			t.Errorf("%s: ended with %v", source, err)
		}
		if n := strings.Count(log.String(), `msg="OnProgress panicked" run=run`); n != tasks || !strings.Contains(log.String(), "the host's fault") {
			t.Errorf("%s: logged %d times: %s", source, n, log.String())
		}
	}
}

func panicIf(b bool) {
	if b {
		panic("the host's fault")
	}
}

// What overflows in a script's function that an Inline verb calls is the script's error.
func TestOverflowsBelowInlineVerbsAreTheScripts(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Modules = append(c.Modules, Module{Name: "below", Verbs: []Verb{{Name: "below.field", Doc: "Reads a field.",
			Params: []Param{{Name: "of", Type: Handle, Required: true}},
			Inline: func(_ context.Context, c *Call) (any, error) { return c.Field(c.Handle("of"), "x"), nil }}}})
	})
	const deep = `local function f() return 1 + f() end below.field(setmetatable({}, {__index = f}))`
	if e := fails(t, rt, deep); e.Kind != Script || !strings.Contains(e.Message, "stack overflow") {
		t.Errorf("ended with %s: %v", e.Kind, e)
	}
	_, err := script(t, rt, `pcall(function() `+deep+` end)`, func(o *RunOptions) { o.Limits.Recursion = 100 })
	if !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("with a limit: %v", err)
	}
}
