package stdlib

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestCleanup(t *testing.T) {
	const register = `
cleanup(function() print("first given, last called") end)
cleanup(function() time.sleep(5) print("waited") end)
`
	const cleaned = "waited\nfirst given, last called\n"
	for name, test := range map[string]struct {
		source string
		limits runtime.Limits
		out    string
		kind   runtime.Kind // of the run's error; "" if it succeeds
	}{
		"its own end":   {register + `print("body")`, runtime.Limits{}, "body\n" + cleaned, ""},
		"an error":      {register + `error("x")`, runtime.Limits{}, cleaned, runtime.Script},
		"exit":          {register + `exit(3)`, runtime.Limits{}, cleaned, runtime.Exit},
		"steps":         {register + `while true do end`, runtime.Limits{Steps: 10_000}, cleaned, runtime.Limit},
		"time":          {register + `time.sleep("1h")`, runtime.Limits{Time: time.Minute}, cleaned, runtime.Limit},
		"calls":         {register + `while true do pcall(time.now) end`, runtime.Limits{Calls: 10}, cleaned, runtime.Limit},
		"logged output": {register + `while true do log.warn("x") end`, runtime.Limits{Output: 300}, cleaned, runtime.Limit},
		"output":        {register + `while true do print("") end`, runtime.Limits{Output: 3}, "\n\n\n" + cleaned, runtime.Limit},
		"a task fails":  {register + `parallel.each({1, 2}, function(n) time.sleep(n) error("x") end)`, runtime.Limits{}, cleaned, runtime.Script},
		"failing":       {register + `cleanup(function() error("not clean") end)`, runtime.Limits{}, cleaned, runtime.Script},
		"failing twice": {`cleanup(function() error("not clean") end) error({kind = "first"})`, runtime.Limits{}, "", runtime.Script},
		"endless":       {register + `cleanup(function() while true do pcall(function() while true do end end) end end)`, runtime.Limits{}, "", runtime.Limit},
		"too long":      {`cleanup(function() pcall(time.sleep, "1h") print("never") end)`, runtime.Limits{}, "", runtime.Limit},
		"too many":      {`cleanup(function() for i = 1, 200 do time.now() end end)`, runtime.Limits{Calls: 5}, "", runtime.Limit},
		"more of them":  {`cleanup(function() cleanup(function() print("inner") end) print("outer") end)`, runtime.Limits{}, "outer\ninner\n", ""},
		"with tasks":    {`cleanup(function() parallel.each({2, 1}, function(n) time.sleep(n) print(n) end) end)`, runtime.Limits{}, "1\n2\n", ""},
		"with a race":   {`cleanup(function() parallel.race({function() time.sleep(1) end, function() time.sleep(2) end}) print("raced") end) time.sleep("1h")`, runtime.Limits{Time: time.Minute}, "raced\n", runtime.Limit},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), Clock: runtime.NewVirtualClock(epoch),
				Logger: slog.New(slog.NewTextHandler(&logged, nil))})
			if err != nil {
				t.Fatal(err)
			}
			p, err := runtime.Compile("test.lua", []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			_, err = rt.Run(context.Background(), p, runtime.RunOptions{Stdout: &out, Limits: test.limits})
			var e *runtime.Error
			if errors.As(err, &e); e == nil && test.kind != "" || e != nil && e.Kind != test.kind {
				t.Errorf("ended with %s, want %q", rendered(err), test.kind)
			}
			if out.String() != test.out {
				t.Errorf("printed %q, want %q", out.String(), test.out)
			}
			if wantLog := name == "failing twice"; strings.Contains(logged.String(), "not clean") != wantLog {
				t.Errorf("logged %q", logged.String())
			}
		})
	}
}

func TestCleanupAfterACancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var out bytes.Buffer
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: append(Modules(Config{}), runtime.Module{Verbs: []runtime.Verb{{
		Name: "interrupt", Func: func(context.Context, *runtime.Call) (any, error) { cancel(); return nil, nil },
	}}}), Clock: runtime.NewVirtualClock(epoch)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(`
cleanup(function() time.sleep(1) print("deleted at " .. time.format()) end)
interrupt()
print("never")`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rt.Run(ctx, p, runtime.RunOptions{Stdout: &out})
	if !errors.Is(err, &runtime.Error{Kind: runtime.Cancelled}) || out.String() != "deleted at 2030-01-01T00:00:01Z\n" {
		t.Errorf("printed %q, ended with %v", out.String(), err)
	}
}

func TestCleanupOfASessionWaitsForItsEnd(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{})})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s, err := rt.NewSession(runtime.RunOptions{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`cleanup(function() print("bye") end)`, `print("hello")`} {
		if _, err := s.Eval(context.Background(), "prompt", line); err != nil {
			t.Fatal(rendered(err))
		}
	}
	if err := s.Close(); err != nil || out.String() != "hello\nbye\n" {
		t.Errorf("printed %q, %v", out.String(), err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// Every clean-up function is called, the first error is Close's, the others are
// logged, and the session is closed all the same.
func TestClosingASessionTellsWhatCouldNotBeCleanedUp(t *testing.T) {
	var logged, out bytes.Buffer
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Logger: slog.New(slog.NewTextHandler(&logged, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s, err := rt.NewSession(runtime.RunOptions{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := s.Eval(ctx, "prompt", `
cleanup(function() print("last") end)
cleanup(function() error("second") end)
cleanup(function() error("first") end)`); err != nil {
		t.Fatal(rendered(err))
	}
	err = s.Close()
	var e *runtime.Error
	if !errors.As(err, &e) || e.Kind != runtime.Script || e.Message != "first" || e.Position.Line != 4 {
		t.Errorf("closed with %s", rendered(err))
	}
	if out.String() != "last\n" || !strings.Contains(logged.String(), "second") || strings.Contains(logged.String(), "first") {
		t.Errorf("printed %q, logged %q", out.String(), logged.String())
	}
	p, _ := runtime.Compile("test.lua", nil)
	for name, use := range map[string]func() error{
		"Eval": func() error { _, err := s.Eval(ctx, "prompt", "1"); return err },
		"Load": func() error { _, err := s.Load(ctx, p); return err },
		"Call": func() error { _, err := s.Call(ctx, "print"); return err },
	} {
		if err := use(); !errors.Is(err, &runtime.Error{Kind: runtime.Usage}) {
			t.Errorf("%s of a closed session: %v", name, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// Whichever task notices first that the time of clean-up is over, that is what the
// error says.
func TestCleanupThatTakesTooLongSaysSo(t *testing.T) {
	for range 50 {
		refused(t, `cleanup(function()
  parallel.each({1, 2, 3}, function(n) pcall(time.sleep, 10 * n) time.sleep(29) end)
end)`, runtime.Limit, "clean-up functions have 30s, and took longer")
	}
}
