package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// runAndCancelWhen runs source and cancels the run when a verb begins that begun
// picks.
func runAndCancelWhen(t *testing.T, source string, begun func(verb string) bool) *Error {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	modules := cloud()
	for i := range modules {
		for j := range modules[i].Verbs {
			v := &modules[i].Verbs[j]
			if f := v.Func; f != nil {
				v.Func = func(ctx context.Context, c *Call) (any, error) {
					if begun(c.Verb.Name) {
						cancel()
					}
					return f(ctx, c)
				}
			}
		}
	}
	// The machine's clock: nothing but the cancellation ends these waits.
	rt, err := New(Config{Policy: AllowAll(), Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile("test.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rt.Run(ctx, p, RunOptions{})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("ended with %v, want an *Error", err)
	}
	return e
}

func TestCancellationSaysWhatTheCloudMayHaveDone(t *testing.T) {
	for _, test := range []struct{ name, source, at string }{
		{"create", `servers.create("slow", 1, 2)`, "servers.create"},
		{"destroy", `servers.get(3):delete()`, "servers.delete"},
		{"wait", `try.sleep("1h")`, "try.sleep"},
		{"swallowed", `while true do pcall(servers.create, "slow", 1, 2) end`, "servers.create"},
		{"parallel", `try.each({"slow", "slow", "slow"}, function(name) servers.create(name, 1, 2) end)`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var mu sync.Mutex
			calls := 0
			e := runAndCancelWhen(t, test.source, func(verb string) bool {
				mu.Lock()
				defer mu.Unlock()
				calls++
				return verb == test.at || calls == 3
			})
			if e.Kind != Cancelled || !errors.Is(e, context.Canceled) {
				t.Errorf("kind %s, cause %v", e.Kind, e.Cause)
			}
			golden(t, "cancel/"+test.name+".txt", test.source+"\n----\n"+e.Render(RenderOptions{}))
		})
	}
}

func TestCancellationStopsLoops(t *testing.T) {
	for _, source := range []string{
		`try.panic_inline = 1`,
		`while true do end`,
		`while true do pcall(function() while true do end end) end`,
		`coroutine.wrap(function() while true do end end)()`,
		`local function f() return pcall(f) end while true do f() end`,
		`try.each({1, 2, 3}, function() while true do end end)`,
		`try.apply(function() repeat until false end)`,
		`while true do pcall(try.fail) end`,
		`local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do pcall(function() return t[1] end) end`,
	} {
		rt := newCloud(t, func(c *Config) { c.Clock = nil })
		p, err := Compile("test.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancelCause(context.Background())
		go cancel(errors.New("the test is over"))
		_, err = rt.Run(ctx, p, RunOptions{})
		var e *Error
		if !errors.As(err, &e) || e.Kind != Cancelled && !strings.Contains(source, "= 1") {
			t.Errorf("%s\nended with %v, want Cancelled", source, err)
		}
	}
}

func TestLimitsEndTheRunAndCannotBeCaught(t *testing.T) {
	for name, test := range map[string]struct {
		limits Limits
		source string
		want   string
	}{
		"steps":            {Limits{Steps: 10_000}, `while true do end`, "the run used up its 10000 steps"},
		"steps in pcall":   {Limits{Steps: 10_000}, `while true do pcall(function() while true do end end) end`, "the run used up its 10000 steps"},
		"steps in a task":  {Limits{Steps: 10_000}, `try.each({1, 2}, function(n) if n == 2 then while true do end end try.sleep("1h") end)`, "the run used up its 10000 steps"},
		"steps in library": {Limits{Steps: 10_000}, `local s = ("a"):rep(30000) for i = 1, 1000 do s:find(".-b") end`, "the run used up its 10000 steps"},
		"calls":            {Limits{Calls: 3}, `for i = 1, 10 do pcall(servers.get, i) end`, "servers.get: the run used up its 3 verb calls"},
		"time":             {Limits{Time: 2 * time.Second}, `pcall(try.sleep, "1h") print("never")`, "the run took longer than 2s"},
		"time in tasks":    {Limits{Time: 2 * time.Second}, `try.each({1, 2, 3}, function(n) pcall(try.sleep, n) end, {collect = true})`, "the run took longer than 2s"},
		"output":           {Limits{Output: 100}, `while true do pcall(print, "0123456789") end`, "the run printed more than 100B"},
		"memory at once":   {Limits{Memory: 1 << 20}, `pcall(string.rep, "x", 5e6)`, "the script asked for 5MB of memory at once; the run may have 1MiB"},
		"tasks":            {Limits{Tasks: 3}, `try.each({1, 2}, function() pcall(try.each, {1}, print) end)`, "try.each: the run may have 3 tasks at the same time, and has them"},
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t, func(c *Config) { c.Limits = test.limits })
			out, err := script(t, rt, test.source)
			var e *Error
			if !errors.As(err, &e) || e.Kind != Limit {
				t.Fatalf("ended with %v, want Limit", err)
			}
			if got := strings.TrimPrefix(e.text(), "item 1: "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if len(out) > 100 {
				t.Errorf("printed %d bytes", len(out))
			}
			if e.Hint == "" || e.Position.File != "test.lua" && name != "time" {
				t.Errorf("position %q, hint %q", e.Position, e.Hint)
			}
		})
	}
}

func TestLimitsOfARunReplaceThoseOfTheRuntime(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Limits = Limits{Calls: 1, Output: 1 << 20} })
	if _, err := script(t, rt, `for i = 1, 5 do servers.get(i) end`, func(o *RunOptions) { o.Limits.Calls = 5 }); err != nil {
		t.Error(err)
	}
	if _, err := script(t, rt, `for i = 1, 5 do servers.get(i) end`, func(o *RunOptions) { o.Limits.Output = 5 }); !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("ended with %v, want Limit", err)
	}
}

func TestAHostsDeadlineIsACancellation(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Clock = nil })
	p, _ := Compile("test.lua", []byte(`while true do end`))
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err := rt.Run(ctx, p, RunOptions{Limits: Limits{Time: time.Hour}})
	if !errors.Is(err, &Error{Kind: Cancelled}) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v, want Cancelled by the deadline", err)
	}
}

func TestNoGoroutineOutlivesItsRun(t *testing.T) {
	before := runtime.NumGoroutine()
	rt := newCloud(t)
	for _, source := range []string{
		`try.each({1, 2, 3}, function(n) try.sleep(n) end)`,
		`try.each({1, 2, 3}, function(n) try.sleep(n) if n == 2 then error("x") end end)`,
		`try.each({1, 2, 3}, function(n) try.each({1, 2}, function(m) try.sleep(m) if n == 2 then try.exit(1) end end) end)`,
		`local co = coroutine.create(function() coroutine.yield(1) end) coroutine.resume(co)`,
		`try.each({1, 2, 3}, function(n) try.sleep(n) end, {limit = 2}) error("late")`,
		`try.panic()`,
	} {
		_, _ = script(t, rt, source)
	}
	// A goroutine that has done its last thing may take a moment to go, on a
	// machine that is busy a long one.
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	buf := make([]byte, 1<<16)
	t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
}

func TestARunWaitsForTheTasksOfItsErrorsText(t *testing.T) {
	out, err := script(t, newCloud(t), `
error(setmetatable({}, {__tostring = function()
  try.spawn(function() try.sleep("1m") print("the task") end)
  return "the text"
end}))`)
	if out != "the task\n" || !strings.Contains(fmt.Sprint(err), "the text") {
		t.Errorf("printed %q and ended with %v", out, err)
	}
}

func TestVirtualTimePassesAtOnce(t *testing.T) {
	clock := NewVirtualClock(epoch)
	rt := newCloud(t, func(c *Config) { c.Clock = clock })
	p, _ := Compile("test.lua", []byte(`try.sleep("100h") return os.time()`))
	res, err := rt.Run(context.Background(), p, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if want := float64(epoch.Add(100 * time.Hour).Unix()); res.Values[0] != want {
		t.Errorf("os.time() is %v, want %v", res.Values[0], want)
	}
	if res.Stats.Time != 100*time.Hour || res.Stats.Calls != 1 || res.Stats.Steps == 0 {
		t.Errorf("stats %+v", res.Stats)
	}
}

func TestCallsAreToldWithTheirPaths(t *testing.T) {
	var events []string
	rt := newCloud(t, func(c *Config) {
		c.OnCall = func(e CallEvent) {
			kind := "ok"
			if e.Err != nil {
				kind = string(e.Err.Kind)
			}
			events = append(events, fmt.Sprintf("%s %s %s %v %s", e.Path, e.Verb, e.Effect, e.Duration, kind))
		}
	})
	if _, err := script(t, rt, `
servers.get(1)
try.each({2, 1}, function(n)
  try.sleep(n)
  try.each({1}, function() try.sleep(1) end)
end)
pcall(servers.get, 404)
pcall(servers.get, true)`); err != nil {
		t.Fatal(err)
	}
	want := `1 servers.get read 0s ok
2[2].1 try.sleep local 1s ok
2[1].1 try.sleep local 2s ok
2[2].2[1].1 try.sleep local 1s ok
2[2].2 try.each local 1s ok
2[1].2[1].1 try.sleep local 1s ok
2[1].2 try.each local 1s ok
2 try.each local 3s ok
3 servers.get read 0s not_found`
	if got := strings.Join(events, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCallsAreToldWithTheirArgumentsButNoSecrets(t *testing.T) {
	var got []string
	rt := newCloud(t, func(c *Config) {
		c.OnCall = func(e CallEvent) { got = append(got, fmt.Sprintf("%s%v", e.Verb, e.Args)) }
	})
	if _, err := script(t, rt, `
servers.create("web1", 5, 1, {password = "hunter2", metadata = {role = "db"}})
servers.reboot(7)
try.apply(function() end, {})
local t = {name = "web1", adminPass = "hunter2"}
assert(try.echo{any = {t, {t}}, strings = t}:find("hunter2"))
try.fail()`); err == nil {
		t.Fatal("no error")
	}
	want := "servers.create[{name web1} {image 5} {flavor 1} {metadata map[role:db]}]\n" +
		"servers.reboot[{id 7} {type SOFT}]\ntry.apply[{fn function} {arg table}]\n" +
		"try.echo[{any [map[adminPass:[secret] name:web1] [map[adminPass:[secret] name:web1]]]} {strings map[adminPass:[secret] name:web1]}]\ntry.fail[]"
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

func TestPlanAndJournalStandInTheDoor(t *testing.T) {
	var seen []string
	link := func(name string) Link {
		return func(next Handler) Handler {
			return func(ctx context.Context, c *Call) (any, error) {
				seen = append(seen, name+" "+c.Path())
				if name == "journal" && c.Verb.Name == "servers.create" {
					return map[string]any{"id": 99}, nil
				}
				return next(ctx, c)
			}
		}
	}
	rt := newCloud(t, func(c *Config) { c.Limits.Calls = 1 })
	out, err := script(t, rt, `print(servers.create("a", 1, 2).id) servers.get(1)`, func(o *RunOptions) {
		o.Plan, o.Journal = link("plan"), link("journal")
	})
	if err != nil || out != "99\n" {
		t.Errorf("printed %q, %v", out, err)
	}
	if got := strings.Join(seen, ", "); got != "plan 1, journal 1, plan 2, journal 2" {
		t.Errorf("passed %s", got)
	}
}

func TestRunsOfOneRuntimeDoNotShareAnything(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Clock = nil })
	p, err := Compile("test.lua", []byte(`
assert(left == nil and string.left == nil)
left = params.n
for i = 1, 20 do
  assert(left == params.n)
  try.each({1, 2, 3}, function(n) try.sleep("1us") assert(servers.get(n).id == n) end)
end
return left, math.random(1000000)`))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			res, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"n": n}, ID: fmt.Sprint(n)})
			if err != nil {
				t.Error(renderError(err))
				return
			}
			again, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"n": n}, ID: fmt.Sprint(n)})
			if err != nil {
				t.Error(renderError(err))
				return
			}
			if res.Values[0] != float64(n) || res.Values[1] != again.Values[1] {
				t.Errorf("run %d returned %v, then %v", n, res.Values, again.Values)
			}
		})
	}
	wg.Wait()
}

func TestManyTasksShareUpvaluesWithoutLosingUpdates(t *testing.T) {
	rt := newCloud(t)
	prints(t, rt, `
local items = {}
for i = 1, 10000 do items[i] = i end
local count, sum = 0, 0
local function visit(n)
  local mine = n
  local ok, e = pcall(function()
    try.sleep("10ms")
    local before = count
    mine = mine + 1
    count = before + 1
    try.sleep("10ms")
    if n % 7 == 0 then error({n = n}) end
    sum = sum + mine
  end)
  assert(ok or e.n == n)
  assert(mine == n + 1)
end
try.each(items, visit, {limit = 10000})
print(count, sum)`, "10000\t42871430\n")
}

func TestStdoutThatFails(t *testing.T) {
	rt := newCloud(t)
	p, _ := Compile("test.lua", []byte(`print("x")`))
	_, err := rt.Run(context.Background(), p, RunOptions{Stdout: brokenPipe{}})
	if err == nil || !strings.Contains(err.Error(), "cannot write the output: broken pipe") {
		t.Errorf("ended with %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestArgsAndParams(t *testing.T) {
	rt := newCloud(t)
	p, _ := Compile("test.lua", []byte(`print(#arg, arg[1], arg[2], params.size, params.tags[1])`))
	var out bytes.Buffer
	if _, err := rt.Run(context.Background(), p, RunOptions{Stdout: &out, Args: []string{"a", "b"}, Params: map[string]any{"size": 3, "tags": []string{"x"}}}); err != nil {
		t.Fatal(err)
	}
	if out.String() != "2\ta\tb\t3\tx\n" {
		t.Errorf("printed %q", out.String())
	}
	if _, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"bad": make(chan int)}}); err == nil || !strings.Contains(err.Error(), "params: bad: a chan int has no Lua form") {
		t.Errorf("ended with %v", err)
	}

	type ring struct{ Next *ring }
	circle := &ring{}
	circle.Next = circle
	for _, value := range []any{circle, map[string]any{"of": circle}, []any{circle}} {
		_, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"bad": value}})
		if err == nil || !strings.Contains(err.Error(), "params: a value that contains itself, or nests more than 1000 deep, has no Lua form") {
			t.Errorf("a circle as %T: %v", value, err)
		}
	}
}
