package runtime

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// dialogue evaluates lines in one session and returns what a prompt would show.
func dialogue(t *testing.T, rt *Runtime, options RunOptions, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	options.Stdout = &out
	s, err := rt.NewSession(options)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, line := range lines {
		out.WriteString("> " + line + "\n")
		values, err := s.Eval(context.Background(), "prompt", line)
		if err != nil {
			out.WriteString(renderError(err))
			s.Set("_err", s.ErrorValue(err))
			continue
		}
		for _, v := range values {
			out.WriteString(s.Format(v, 60) + "\n")
			s.Set("_", v)
		}
	}
	return out.String()
}

func TestSession(t *testing.T) {
	golden(t, "session.txt", dialogue(t, newCloud(t), RunOptions{},
		`1 + 1`,
		`_ * 21`,
		`local x = 5`,
		`local function twice(n) return n * 2 end`,
		`twice(x)`,
		`x, "text", nil, true`,
		`print("printed")`,
		`servers.list(3)`,
		`servers.get(7)`,
		`{1, 2, {a = "b"}}`,
		`for i = 1, 2 do print(i) end`,
		`servers.creat{}`,
		`servers.get(404)`,
		`_err.kind, _err.status`,
		`error("mine")`,
		`y = =`,
		`try.sleep("1h")`,
		`print`,
		`servers`,
		`setmetatable({}, {__tostring = function() error("no") end})`,
		`{json_null = try.null, loop = setmetatable({}, {__tostring = function() while true do end end})}`,
	))
}

func TestIncompleteSourceIsTold(t *testing.T) {
	rt := newCloud(t)
	s, err := rt.NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]bool{
		"for i = 1, 3 do": true, "f(": true, "{": true, "x = ": true, "[[a": true, "1 +": true, "if x then": true,
		"x = = 1": false, "end": false, `"abc`: false, "f())": false,
	} {
		_, err := s.Eval(context.Background(), "prompt", source)
		if err == nil || Incomplete(err) != want {
			t.Errorf("Incomplete of %q is %v, want %v (%v)", source, Incomplete(err), want, err)
		}
	}
}

// What is tried as an expression first is shown as it was typed.
func TestIncompleteExpressionIsShownAsTyped(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Eval(context.Background(), "prompt", "f(")
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if e.Source != "f(" || e.Position != (Position{File: "prompt", Line: 1, Column: 3}) {
		t.Errorf("%q at %s", e.Source, e.Position)
	}
}

func TestASessionGoesOnAfterACancelledLine(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Clock = nil })
	s, err := rt.NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	if _, err := s.Eval(ctx, "prompt", `n = 1 while true do n = n + 1 end`); !errors.Is(err, &Error{Kind: Cancelled}) {
		t.Errorf("ended with %v, want Cancelled", err)
	}
	values, err := s.Eval(context.Background(), "prompt", `n == nil or n > 0`)
	if err != nil || values[0].Go() != true {
		t.Errorf("then %v, %v", values, err)
	}
}

func TestLimitsOfASessionAreThoseOfALine(t *testing.T) {
	rt := newCloud(t)
	out := dialogue(t, rt, RunOptions{Limits: Limits{Calls: 2, Steps: 5000, Output: 10, Time: time.Minute}},
		`servers.get(1).id`, `servers.get(2).id`, `servers.get(3).id`, `for i = 1, 3 do servers.get(i) end`,
		`servers.get(4).id`, `while true do end`, `print("12345678")`, `print("12345678")`, `try.sleep(59)`, `try.sleep(59)`, `try.sleep(61)`, `1`)
	for _, want := range []string{"> servers.get(3).id\n3\n", "used up its 2 verb calls", "> servers.get(4).id\n4\n", "used up its 5000 steps",
		"> print(\"12345678\")\n12345678\n> print(\"12345678\")\n12345678\n> try.sleep(59)\n", "> try.sleep(59)\n> try.sleep(61)\nerror: the run took longer than 1m0s", "> 1\n1\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}

func TestValues(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Eval(context.Background(), "prompt", `nil, true, 1.5, "s", {1, 2}, print, servers.get(3), coroutine.create(print), servers.list(), try.null`)
	if err != nil {
		t.Fatal(renderError(err))
	}
	want := []ValueKind{NilValue, BooleanValue, NumberValue, StringValue, TableValue, FunctionValue, TableValue, ThreadValue, TableValue, UserdataValue}
	for i, v := range values {
		if v.Kind() != want[i] {
			t.Errorf("value %d is a %s, want %s", i, v.Kind(), want[i])
		}
	}
	if (Value{}).Kind() != NilValue || (Value{}).Go() != nil || (Value{}).Len() != 0 || (Value{}).Index(1).Kind() != NilValue || (Value{}).Type() != "" {
		t.Error("the zero Value is not nil")
	}
	if values[4].Len() != 2 || values[4].Index(2).Go() != 2.0 || values[8].Index(2).Type() != "server" {
		t.Error("Len, Index or Type is wrong")
	}
	if values[6].Type() != "server" || values[4].Type() != "" || values[2].Type() != "" {
		t.Errorf("types %q, %q, %q", values[6].Type(), values[4].Type(), values[2].Type())
	}
	if values[5].Function() == nil || values[4].Function() != nil {
		t.Error("Function is wrong")
	}
	if server, ok := values[6].Go().(map[string]any); !ok || server["name"] != "web3" {
		t.Errorf("Go gave %v", values[6].Go())
	}
}

// Go calls what scripts call: functions, those in tables, and verbs.
func TestASessionCallsVerbs(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Call(t.Context(), "servers.get", 3)
	if err != nil || values[0].Type() != "server" || values[0].Field("name").Go() != "web3" {
		t.Errorf("got %v, %v", values, err)
	}
	if values, err := s.Call(t.Context(), "string.rep", "ab", 2); err != nil || values[0].Go() != "abab" {
		t.Errorf("string.rep: %v, %v", values, err)
	}
	for name, want := range map[string]string{
		"servers.nothing": `there is no function "servers.nothing"; it is a nil`,
		"servers":         `there is no function "servers"; it is a table`,
	} {
		if _, err := s.Call(t.Context(), name); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestASessionIsUsedAfterClose(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Eval(t.Context(), "test", `{}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.Set("x", values[0])
	s.SetWidth(80)
	s.Do(func() {})
	if s.Get("x").Kind() != NilValue || s.BackgroundTasks() != nil {
		t.Error("the session has something in it")
	}
	if text := s.Format(values[0], 0); text != "the session is closed" {
		t.Errorf("formatted %q", text)
	}
	if v := s.ErrorValue(errClosed); v.Kind() != TableValue {
		t.Errorf("the error is a %s", v.Kind())
	}
}

func TestThereMustBeAProgram(t *testing.T) {
	rt := newCloud(t)
	if _, err := rt.Run(t.Context(), nil, RunOptions{}); !errors.Is(err, &Error{Kind: Usage}) {
		t.Errorf("Run: %v", err)
	}
	s, err := rt.NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context(), nil); !errors.Is(err, &Error{Kind: Usage}) {
		t.Errorf("Load: %v", err)
	}
}
