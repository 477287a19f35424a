package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// A program is compiled once and run as often as one likes.
func Example() {
	rt, err := runtime.New(runtime.Config{Modules: stdlib.Modules(stdlib.Config{})})
	if err != nil {
		fmt.Println(err)
		return
	}
	program, err := runtime.Compile("hello.lua", []byte(`print("hello, " .. arg[1])`))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = rt.Run(context.Background(), program, runtime.RunOptions{Args: []string{"cloud"}, Stdout: os.Stdout})
	fmt.Println(err)
	// Output:
	// hello, cloud
	// <nil>
}

// must makes the examples shorter; a program would handle the errors.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func newRuntime(config runtime.Config) *runtime.Runtime {
	config.Modules = append(config.Modules, stdlib.Modules(stdlib.Config{})...)
	return must(runtime.New(config))
}

// run runs source and prints its output and its error.
func run(rt *runtime.Runtime, source string, options runtime.RunOptions) *runtime.Result {
	options.Stdout = os.Stdout
	result, err := rt.Run(context.Background(), must(runtime.Compile("script.lua", []byte(source))), options)
	if err != nil {
		fmt.Println(err)
	}
	return result
}

// What the script returns comes back in Go form, with what the run used.
func ExampleRuntime_Run() {
	result := run(newRuntime(runtime.Config{}), `return 6 * 7, {"a", "b"}, {name = "web1"}`, runtime.RunOptions{})
	fmt.Println(result.Values...)
	fmt.Println(result.Stats.Steps > 0)
	// Output:
	// 42 [a b] map[name:web1]
	// true
}

type openTicket struct {
	Title    string `lua:",required" doc:"one line"`
	Priority int    `doc:"1 to 5"`
}

type ticket struct {
	ID    int
	Title string
}

// A host verb takes ten lines: its parameters are the fields of a struct.
func ExampleFunc() {
	open := runtime.Func("tickets.open", "Opens a ticket.", func(_ context.Context, in openTicket) (ticket, error) {
		return ticket{ID: 7, Title: strings.ToUpper(in.Title)}, nil
	})
	open.Effect = runtime.Create
	rt := newRuntime(runtime.Config{
		Modules: []runtime.Module{{Name: "tickets", Verbs: []runtime.Verb{open}}},
		Policy:  runtime.Policy{Allow: []runtime.Rule{{Verbs: "tickets.open"}}},
	})
	run(rt, `local t = tickets.open{title = "disk full"} print(t.id, t.title)`, runtime.RunOptions{})
	run(rt, `tickets.open{titel = "disk full"}`, runtime.RunOptions{})
	// Output:
	// 7	DISK FULL
	// script.lua:1: tickets.open: unknown parameter "titel"
}

// A declaration written out says more: enums, defaults, methods, errors to
// expect.
func ExampleVerb() {
	lights := runtime.Module{
		Name: "lights",
		Verbs: []runtime.Verb{{
			Name:   "lights.set",
			Effect: runtime.Update,
			Doc:    "Switches a light.",
			Params: []runtime.Param{
				{Name: "id", Type: runtime.ID, Required: true},
				{Name: "state", Type: runtime.String, Enum: []string{"on", "off"}, Default: "on"},
				{Name: "after", Type: runtime.Duration, Named: true},
			},
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				if err := c.Clock().Sleep(ctx, c.Duration("after")); err != nil {
					return nil, err
				}
				return fmt.Sprintf("light %s is %s", c.String("id"), c.String("state")), nil
			},
			Returns: "string",
		}},
	}
	rt := newRuntime(runtime.Config{Modules: []runtime.Module{lights}, Policy: runtime.AllowAll(), Clock: runtime.NewVirtualClock(time.Unix(0, 0))})
	run(rt, `print(lights.set(3)) print(lights.set(3, "OFF", {after = "10m"})) print(os.time())`, runtime.RunOptions{})
	run(rt, `lights.set(3, "of")`, runtime.RunOptions{})
	// Output:
	// light 3 is on
	// light 3 is off
	// 600
	// script.lua:1: lights.set: parameter "state": expected one of on, off, got the string "of"
}

// Errors are one type: its kind says what to do, Render is for people.
func ExampleError() {
	program := must(runtime.Compile("deploy.lua", []byte("local function check(s)\n  return s.name\nend\ncheck(nil)")))
	_, err := newRuntime(runtime.Config{}).Run(context.Background(), program, runtime.RunOptions{})
	var e *runtime.Error
	if errors.As(err, &e) {
		fmt.Println(e.Kind, e.Position.Line)
		fmt.Print(e.Render(runtime.RenderOptions{}))
	}
	// Output:
	// script 2
	// error: attempt to index a nil value (local 's')
	// --> deploy.lua:2
	//     2 |   return s.name
	// stack:
	//   deploy.lua:2: in function 'check'
	//   deploy.lua:4: in main chunk
}

// A verb's error has fields in Lua.
func ExampleErrorf() {
	rt := newRuntime(runtime.Config{Modules: []runtime.Module{{Name: "disks", Verbs: []runtime.Verb{{
		Name: "disks.get",
		Func: func(context.Context, *runtime.Call) (any, error) {
			return nil, &runtime.Error{Kind: runtime.NotFound, Status: 404, Message: "there is no such disk"}
		},
	}}}}})
	run(rt, `local ok, e = pcall(disks.get) print(ok, e.kind, e.status, e)`, runtime.RunOptions{})
	// Output: false	not_found	404	disks.get: there is no such disk
}

// Limits end a run with an error that the script cannot catch.
func ExampleLimits() {
	rt := newRuntime(runtime.Config{Limits: runtime.Limits{Steps: 100_000, Memory: 64 << 20, Time: time.Minute, Calls: 100}})
	run(rt, `while true do pcall(function() while true do end end) end`, runtime.RunOptions{})
	// Output: script.lua:1: the run used up its 100000 steps
}

// A policy names what a run may do; without one, it may do nothing outside itself.
// The refusal says how to grant it.
func ExamplePolicy() {
	nothing := func(context.Context, *runtime.Call) (any, error) { return nil, nil }
	servers := runtime.Module{Name: "servers", Verbs: []runtime.Verb{
		{Name: "servers.list", Effect: runtime.Read, Func: nothing},
		{Name: "servers.delete", Effect: runtime.Destroy, Func: nothing, Params: []runtime.Param{{Name: "id", Type: runtime.ID, Required: true}}},
	}}
	rt := newRuntime(runtime.Config{Modules: []runtime.Module{servers}, Policy: runtime.ReadOnly()})
	_, err := rt.Run(context.Background(), must(runtime.Compile("script.lua", []byte(`servers.list() servers.delete(7)`))), runtime.RunOptions{})
	var e *runtime.Error
	if errors.As(err, &e) {
		fmt.Println(e)
		fmt.Println(e.Hint)
	}
	// Output:
	// script.lua:1: servers.delete: no rule of the policy allows it (rule "read")
	// to allow it: --allow servers.delete (or --allow destroy) on the command line, Policy.Allow in Go
}

// What rules cannot say a function can: it sees the arguments.
func ExamplePolicy_decide() {
	rt := newRuntime(runtime.Config{Policy: runtime.Policy{
		Allow: []runtime.Rule{{Verbs: "*"}},
		Decide: func(c *runtime.Call) error {
			if c.Verb.Name == "time.sleep" && c.Duration("duration") > time.Hour {
				return errors.New("nobody waits longer than an hour here")
			}
			return nil
		},
	}})
	run(rt, `time.sleep("2h")`, runtime.RunOptions{})
	// Output: script.lua:1: time.sleep: nobody waits longer than an hour here
}

// Rules are text where people write them: a command line, a configuration file.
func ExampleParseRule() {
	rule := must(runtime.ParseRule("servers.reboot(type=SOFT, name=tmp-*)"))
	fmt.Println(rule.Verbs, rule.Where)
	fmt.Println(rule)
	// Output:
	// servers.reboot map[name:tmp-* type:SOFT]
	// servers.reboot(name=tmp-*,type=SOFT)
}

// Any Go value can be a global of the scripts.
func ExampleConfig_values() {
	type inventory struct{ Region string }
	rt := newRuntime(runtime.Config{Values: map[string]any{"inventory": &inventory{Region: "us"}, "upper": strings.ToUpper}})
	run(rt, `print(upper(inventory.Region))`, runtime.RunOptions{})
	// Output: US
}

// Objects have a type: what verbs are methods of it, what is shown of a list, what is
// secret.
func ExampleObjectType() {
	disks := runtime.Module{
		Name: "disks",
		Objects: []runtime.ObjectType{{Name: "disk", Key: "id", Columns: []string{"id", "size"}, Fields: []runtime.Field{
			{Name: "id", Type: runtime.ID}, {Name: "size", Type: runtime.Integer}, {Name: "key", Type: runtime.String, Secret: true}}}},
		Verbs: []runtime.Verb{
			{Name: "disks.list", Func: func(context.Context, *runtime.Call) (any, error) {
				return runtime.Rows{Type: "disk", Raw: [][]byte{[]byte(`{"id": 1, "size": 10, "key": "k1"}`), []byte(`{"id": 2, "size": 20, "key": "k2"}`)}}, nil
			}},
			{Name: "disks.grow", Method: "disk", Params: []runtime.Param{{Name: "id", Type: runtime.ID, Required: true}},
				Func: func(_ context.Context, c *runtime.Call) (any, error) { return "growing " + c.String("id"), nil }},
		},
	}
	rt := newRuntime(runtime.Config{Modules: []runtime.Module{disks}})
	run(rt, `local all = disks.list() print(all) print(all[2]:grow())`, runtime.RunOptions{})
	// Output:
	// ID  SIZE
	// 1   10
	// 2   20
	// growing 2
}

// The host decides what require finds.
func ExampleConfig_require() {
	modules := map[string]string{"names": `return {of = function(n) return "web" .. n end}`}
	rt := newRuntime(runtime.Config{Require: func(name string) (string, []byte, error) {
		source, ok := modules[name]
		if !ok {
			return "", nil, fs.ErrNotExist
		}
		return name + ".lua", []byte(source), nil
	}})
	run(rt, `print(require("names").of(3))`, runtime.RunOptions{})
	// Output: web3
}

// Parameters of a run are the table params.
func ExampleRunOptions() {
	run(newRuntime(runtime.Config{}), `print(params.count + 1, params.names[2])`,
		runtime.RunOptions{Params: map[string]any{"count": 2, "names": []string{"web1", "web2"}}})
	// Output: 3	web2
}

// A session keeps its variables from one piece of source to the next.
func ExampleSession_Eval() {
	session := must(newRuntime(runtime.Config{}).NewSession(runtime.RunOptions{}))
	defer session.Close()
	for _, line := range []string{`local n = 20`, `n * 2 + 2`, `{name = "web1"}`} {
		for _, v := range must(session.Eval(context.Background(), "prompt", line)) {
			fmt.Println(session.Format(v, 80))
		}
	}
	// Output:
	// 42
	// {name = "web1"}
}

// Go calls functions that a script defines, with structs in and out.
func ExampleSession_Call() {
	ctx := context.Background()
	session := must(newRuntime(runtime.Config{}).NewSession(runtime.RunOptions{}))
	defer session.Close()
	rules := must(runtime.Compile("rules.lua", []byte(`function check(s) return {ok = s.load < 0.9, name = s.name} end`)))
	must(session.Load(ctx, rules))
	values := must(session.Call(ctx, "check", struct {
		Name string
		Load float64
	}{"web1", 0.95}))
	var verdict struct {
		OK   bool
		Name string
	}
	fmt.Println(values[0].Into(&verdict), verdict)
	// Output: <nil> {false web1}
}

// A script hands functions to its host, which calls them when it has a reason to.
func ExampleSession_Apply() {
	ctx := context.Background()
	session := must(newRuntime(runtime.Config{}).NewSession(runtime.RunOptions{}))
	defer session.Close()
	rules := must(runtime.Compile("rules.lua", []byte(`
return {limit = 0.9, on_load = function(name, load) return name .. " is at " .. load end}`)))
	handlers := must(session.Load(ctx, rules))[0]
	var limit float64
	if err := handlers.Field("limit").Into(&limit); err != nil {
		fmt.Println(err)
	}
	if load := 0.95; load > limit {
		values := must(session.Apply(ctx, handlers.Field("on_load").Function(), "web1", load))
		fmt.Println(values[0].Go())
	}
	// Output: web1 is at 0.95
}

// One cache serves all who run the same scripts.
func ExampleCache() {
	cache := runtime.NewCache(100)
	a := must(cache.Compile("rule.lua", []byte(`return 1`)))
	b := must(cache.Compile("rule.lua", []byte(`return 1`)))
	fmt.Println(a == b, a.Hash()[:8])
	// Output: true 486d9aff
}

// Every verb call that went through is an event.
func ExampleCallEvent() {
	rt := newRuntime(runtime.Config{Clock: runtime.NewVirtualClock(time.Unix(0, 0)), OnCall: func(e runtime.CallEvent) {
		fmt.Println(e.Path, e.Verb, e.Effect, e.Duration)
	}})
	run(rt, `parallel.each({2, 1}, time.sleep)`, runtime.RunOptions{})
	// Output:
	// 1[2].1 time.sleep local 1s
	// 1[1].1 time.sleep local 2s
	// 1 parallel.each local 2s
}

// What scripts log is an event too, whether or not a logger gets it.
func ExampleLogEvent() {
	rt := newRuntime(runtime.Config{OnLog: func(e runtime.LogEvent) {
		fmt.Println(e.Position, e.Level, e.Message, e.Attrs)
	}})
	run(rt, `log.warn("disk nearly full", {server = "web1", free = 0.05})`, runtime.RunOptions{})
	// Output: script.lua:1 WARN disk nearly full [free=0.05 server=web1]
}

// Long calls tell how far they have come, and when they have ended.
func ExampleProgressEvent() {
	rt := newRuntime(runtime.Config{Clock: runtime.NewVirtualClock(time.Unix(0, 0)), OnProgress: func(e runtime.ProgressEvent) {
		if e.Ended {
			fmt.Println(e.Verb, "has ended")
			return
		}
		fmt.Println(e.Verb, e.Line, "until", e.Until.UTC().Format(time.TimeOnly))
	}})
	run(rt, `time.sleep("10m")`, runtime.RunOptions{})
	// Output:
	// time.sleep waiting until 00:10:00
	// time.sleep has ended
}

// A link stands in the door and sees every call: here it counts and answers.
func ExampleLink() {
	answered := 0
	link := func(next runtime.Handler) runtime.Handler {
		return func(ctx context.Context, c *runtime.Call) (any, error) {
			if c.Verb.Name == "time.sleep" {
				answered++
				return nil, nil
			}
			return next(ctx, c)
		}
	}
	run(newRuntime(runtime.Config{}), `time.sleep("1000h") print("no need to wait")`, runtime.RunOptions{Journal: link})
	fmt.Println(answered)
	// Output:
	// no need to wait
	// 1
}

// In virtual time a script that waits for hours ends at once.
func ExampleNewVirtualClock() {
	rt := newRuntime(runtime.Config{Clock: runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))})
	run(rt, `time.sleep("36h") print(time.format())`, runtime.RunOptions{})
	// Output: 2030-01-02T12:00:00Z
}

// Help, completion and documentation come from the declarations.
func ExampleRuntime_Verb() {
	v := newRuntime(runtime.Config{}).Verb("time.sleep")
	fmt.Println(v.Signature(), "-", v.Summary())
	// Output: time.sleep(duration) - Waits.
}
