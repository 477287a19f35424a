package runtime

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"
)

func TestRender(t *testing.T) {
	deep := &Error{Kind: Script, Message: "deep", Position: Position{File: "a.lua", Line: 1}, Source: "f()"}
	for i := range 12 {
		deep.Stack = append(deep.Stack, Frame{Position: Position{File: "a.lua", Line: i + 1}, Function: "function 'f'"})
	}
	deep.Stack = append(deep.Stack, Frame{Function: "(task)"}, Frame{Position: Position{File: "a.lua", Line: 99}, Function: "main chunk"})
	for name, test := range map[string]struct {
		err     *Error
		options RenderOptions
	}{
		"bare":       {&Error{Kind: Internal, Message: "it broke"}, RenderOptions{}},
		"wide":       {&Error{Kind: Syntax, Message: "unexpected symbol", Position: Position{File: "a.lua", Line: 12, Column: 14}, Source: "\tx = \"東京\" ="}, RenderOptions{}},
		"colour":     {&Error{Kind: Usage, Verb: "servers.get", Message: "no", Position: Position{File: "a.lua", Line: 3, Column: 1}, Source: "servers.get()", Hint: "yes"}, RenderOptions{Color: true}},
		"deep":       {deep, RenderOptions{}},
		"deep full":  {deep, RenderOptions{Full: true}},
		"cloud":      {cloudError(), RenderOptions{}},
		"cloud full": {cloudError(), RenderOptions{Full: true}},
	} {
		golden(t, "render/"+strings.ReplaceAll(name, " ", "-")+".txt", test.err.Render(test.options))
	}
}

func cloudError() *Error {
	return &Error{Kind: OverLimit, Verb: "servers.create", Message: "too many", Status: 413, RequestID: "req-1", RetryAfter: time.Minute,
		Details: "line one\nline two\n", Items: []int{3, 2}, Hint: "wait"}
}

func TestErrorsAreOneLineAndMatchByKind(t *testing.T) {
	e := cloudError()
	e.Position = Position{File: "a.lua", Line: 7}
	if got, want := e.Error(), "a.lua:7: item 3.2: servers.create: too many"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	wrapped := fmt.Errorf("deploying: %w", e)
	if !errors.Is(wrapped, &Error{Kind: OverLimit}) || errors.Is(wrapped, &Error{Kind: NotFound}) || errors.Is(wrapped, &Error{Kind: OverLimit, Message: "x"}) {
		t.Error("matching by kind is wrong")
	}
	cause := Errorf(Failed, "cannot read: %w", fs.ErrNotExist)
	if !errors.Is(cause, fs.ErrNotExist) || cause.Message != "cannot read: file does not exist" {
		t.Errorf("%v has the cause %v", cause, cause.Cause)
	}
	if Errorf(Failed, "no cause").Unwrap() != nil {
		t.Error("an error without a cause has one")
	}
	for want, p := range map[string]Position{"": {}, "a": {File: "a"}, "a:1": {File: "a", Line: 1}, "a:1:2": {File: "a", Line: 1, Column: 2}} {
		if p.String() != want {
			t.Errorf("%+v is %q, want %q", p, p, want)
		}
	}
}

func TestAPanicKeepsItsGoStackForTheHost(t *testing.T) {
	e := fails(t, newCloud(t), `try.panic_inline()`)
	var p *PanicError
	if !errors.As(e, &p) || !strings.Contains(string(p.Stack), "cloud_test.go") || p.Error() != "panic: the host's fault" {
		t.Fatalf("the cause is %v", e.Cause)
	}
	if p.Unwrap() == nil || (&PanicError{Value: "text"}).Unwrap() != nil {
		t.Error("the panic's own error is not in the chain, or one is that is none")
	}
}

// A value of the host runs in the interpreter, which nobody can use again.
func TestAPanicInAValueEndsTheRun(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Values = map[string]any{"broken": func() { panic(errors.New("the host's fault")) }} })
	for _, source := range []string{`pcall(broken)`, `pcall(coroutine.wrap(broken))`, `try.each({1, 2}, function() broken() end, {collect = true})`, `try.cleanup(broken)`} {
		e := fails(t, rt, source+` print("went on")`)
		var p *PanicError
		if !errors.As(e, &p) || len(p.Stack) == 0 || e.Kind != Internal || e.Message != "internal error: the host's fault" || e.Hint == "" {
			t.Errorf("%s: %s: %v (%s)", source, e.Kind, e, e.Hint)
		}
	}
}
