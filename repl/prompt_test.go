package repl

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestEntriesAreKeptWhole(t *testing.T) {
	_, kept := play(t, []string{"x = 1", "", "function f()", "  return x", "end", "y = (^C", "x ="})
	want := []string{"x = 1", "function f()\n  return x\nend", "x ="}
	if !slices.Equal(kept, want) {
		t.Errorf("kept %q, want %q", kept, want)
	}
}

func TestPipedInputFailsWithItsLastEntry(t *testing.T) {
	tests := map[string]struct {
		in, out string
		kind    runtime.Kind
	}{
		"all well":                {"x = 2\nx\n", "2\n", ""},
		"no line end":             {"x = 2\nx", "2\n", ""},
		"Windows line ends":       {"x = 2\r\nx\r\n", "2\n", ""},
		"last entry fails":        {"1\nerror('no')\n", "1\n", runtime.Script},
		"an earlier one fails":    {"error('no')\n1\n", "1\n", ""},
		"ends within an entry":    {"1\nfunction f()\n", "1\n", runtime.Syntax},
		"nothing":                 {"", "", ""},
		"blank lines and a value": {"\n  \n7\n", "7\n", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out, complaints bytes.Buffer
			p := &Prompt{Open: open(t, &out), Lines: Piped(strings.NewReader(test.in)), Out: &out, Err: &complaints}
			err := p.Run(t.Context())
			var e *runtime.Error
			if test.kind == "" && err != nil || test.kind != "" && (!errors.As(err, &e) || e.Kind != test.kind) {
				t.Errorf("error %v, want kind %q", err, test.kind)
			}
			if out.String() != test.out {
				t.Errorf("output %q, want %q", out.String(), test.out)
			}
		})
	}
}

// Ctrl-C during a call ends the call, says what the cloud may have done, and
// leaves the session as it was.
func TestInterruptEndsTheCallAndNotTheSession(t *testing.T) {
	var screen bytes.Buffer
	typist := &typist{lines: []string{"x = 5", "servers.reboot(1001)", "x"}, screen: &screen}
	p := &Prompt{Open: open(t, &screen), Lines: typist, Out: &screen, Err: &screen}
	p.Interruptible = func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(ctx)
		ctx = context.WithValue(ctx, begunKey{}, func() { cancel(errors.New("interrupted")) })
		return ctx, func() { cancel(nil) }
	}
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := screen.String(); !strings.HasSuffix(got, "test> x\n5\n") || !strings.Contains(got, "servers.reboot") || !strings.Contains(got, "may") {
		t.Errorf("screen:\n%s", got)
	}
}

func TestEndOfTheContextEndsThePrompt(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	over := errors.New("over")
	var screen bytes.Buffer
	p := &Prompt{Open: open(t, &screen), Lines: &typist{lines: []string{"1", "2"}, screen: &screen}, Out: &screen, Err: &screen}
	p.Interruptible = func(inner context.Context) (context.Context, context.CancelFunc) {
		cancel(over)
		return context.WithoutCancel(inner), func() {}
	}
	if err := p.Run(ctx); !errors.Is(err, over) {
		t.Errorf("got %v, want %v", err, over)
	}
	if got, want := screen.String(), "test> 1\n1\n"; got != want {
		t.Errorf("screen %q, want %q", got, want)
	}
}

func TestWidthIsAskedForEachValue(t *testing.T) {
	asked := 0
	var screen bytes.Buffer
	p := &Prompt{Open: open(t, &screen), Lines: Piped(strings.NewReader("1\n2\n")), Out: &screen, Err: &screen,
		Width: func() int { asked++; return 60 }, Greeting: "welcome"}
	if err := p.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if asked != 2 || screen.String() != "welcome\n1\n2\n" {
		t.Errorf("asked %d times, screen %q", asked, screen.String())
	}
}
