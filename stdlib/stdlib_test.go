package stdlib

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	goruntime "runtime"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

var epoch = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// run executes source in virtual time and returns what it printed.
func run(t *testing.T, source string, change ...func(*Config)) (string, error) {
	t.Helper()
	var config Config
	for _, f := range change {
		f(&config)
	}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(config), Clock: runtime.NewVirtualClock(epoch)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, err = rt.Run(context.Background(), p, runtime.RunOptions{Stdout: &out, ID: "run", Width: 60})
	return out.String(), err
}

// check fails the test unless source runs without an error.
func check(t *testing.T, source string) {
	t.Helper()
	if _, err := run(t, source); err != nil {
		t.Errorf("%s\n%v", source, rendered(err))
	}
}

// evaluator returns a function that runs source, in which sample() is the value given, and
// returns what source returned.
func evaluator(t *testing.T, source string) func(sample any) ([]any, error) {
	t.Helper()
	var given any
	sample := runtime.Module{Verbs: []runtime.Verb{{Name: "sample", Inline: func(context.Context, *runtime.Call) (any, error) { return given, nil }}}}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: append(Modules(Config{}), sample)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("sample.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return func(sample any) ([]any, error) {
		given = sample
		result, err := rt.Run(context.Background(), p, runtime.RunOptions{})
		if err != nil {
			return nil, err
		}
		return result.Values, nil
	}
}

// refused fails the test unless source ends with an error of a kind whose text
// contains want.
func refused(t *testing.T, source string, kind runtime.Kind, want string) {
	t.Helper()
	_, err := run(t, source)
	var e *runtime.Error
	if !errors.As(err, &e) || e.Kind != kind || !strings.Contains(rendered(err), want) {
		t.Errorf("%s\nended with %s\nwant %s: %s", source, rendered(err), kind, want)
	}
}

func rendered(err error) string {
	var e *runtime.Error
	if errors.As(err, &e) {
		return string(e.Kind) + ": " + e.Render(runtime.RenderOptions{})
	}
	return "no error"
}

func TestEveryVerbIsDocumentedAndItsExampleRuns(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{})})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range rt.Verbs() {
		t.Run(v.Name, func(t *testing.T) {
			if v.Doc == "" || v.Example == "" {
				t.Fatal("a verb needs a doc and an example")
			}
			if !strings.Contains(v.Example, v.Name+"(") {
				t.Errorf("the example does not call the verb:\n%s", v.Example)
			}
			for _, p := range v.Params {
				if p.Doc == "" {
					t.Errorf("parameter %q has no doc", p.Name)
				}
			}
			_, err := run(t, v.Example, func(c *Config) {
				c.Dirs, c.Env = []Dir{{Path: t.TempDir(), Writable: true}}, []string{"REGION"}
				c.HTTP = HTTP{Hosts: []string{"api.example.com"}, Client: &http.Client{Transport: answering(`{"id": 1}`)}}
			})
			if v.Name == "exit" && errors.Is(err, &runtime.Error{Kind: runtime.Exit}) {
				return
			}
			if err != nil {
				t.Error(rendered(err))
			}
		})
	}
}

// answering answers every request with a body.
type answering string

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(string(a))), Request: r}, nil
}

func TestJSON(t *testing.T) {
	check(t, `assert(json.encode({b = 1, a = {1, 2}}) == '{"b":1,"a":[1,2]}' or json.encode({b = 1, a = {1, 2}}) == '{"a":[1,2],"b":1}')`)
	check(t, `assert(json.encode(json.decode('{"b":1,"a":[],"c":{}}')) == '{"b":1,"a":[],"c":{}}')`)
	check(t, `assert(json.decode("null") == nil)`)
	check(t, `assert(json.decode("[null]", {nulls = true})[1] == json.null)`)
	check(t, `assert(tostring(json.null) == "null")`)
	check(t, `assert(tostring(json.decode("12345678901234567890")) == "12345678901234567890")`)
	check(t, `assert(json.pretty({a = {1}}) == '{\n  "a": [\n    1\n  ]\n}', json.pretty({a = {1}}))`)
	refused(t, `json.decode("{")`, runtime.BadRequest, "json.decode: invalid JSON at byte 2")
	refused(t, `json.encode({a = print})`, runtime.BadRequest, "JSON cannot hold a function")
	refused(t, `json.encode(0/0)`, runtime.BadRequest, "json.encode")
	refused(t, `json.null = 1`, runtime.Script, "read-only")
	refused(t, `json.decod("1")`, runtime.Usage, "did you mean json.decode?")
}

func TestTime(t *testing.T) {
	check(t, `assert(time.format() == "2030-01-01T00:00:00Z")`)
	check(t, `time.sleep(90) assert(time.format() == "2030-01-01T00:01:30Z")`)
	check(t, `time.sleep("1h") assert(time.monotonic() == 3600)`)
	check(t, `assert(time.format(time.parse("2030-01-31T12:00:00.25+02:00")) == "2030-01-31T10:00:00.25Z")`)
	check(t, `assert(time.now() == os.time())`)
	check(t, `assert(time.format_duration(0.5) == "500ms" and time.format_duration(3600) == "1h" and time.format_duration(90) == "1m30s")`)
	check(t, `assert(time.format_duration(600) == "10m" and time.format_duration(0) == "0s")`)
	check(t, `assert(time.duration("-1m") == -60)`)
	refused(t, `time.parse("yesterday")`, runtime.BadRequest, "hint: write 2030-01-31T12:00:00Z")
	refused(t, `time.format(1e300)`, runtime.BadRequest, "not a moment between")
	refused(t, `time.format(0/0)`, runtime.BadRequest, "not a moment between")
	refused(t, `time.sleep("soon")`, runtime.Usage, `such as "90s"`)
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	toText := func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	if _, err := run(t, `
log.debug("not shown")
log.info("rebooting", {server = "web1", attempt = 2})
parallel.each({1}, function() log.error(json.null) end)`, toText); err != nil {
		t.Fatal(rendered(err))
	}
	want := "time=2030-01-01T00:00:00.000Z level=INFO msg=rebooting attempt=2 server=web1 run=run call=2\n" +
		"time=2030-01-01T00:00:00.000Z level=ERROR msg=null run=run call=3[1].1\n"
	if out.String() != want {
		t.Errorf("logged\n%s\nwant\n%s", out.String(), want)
	}
}

// Numbers that no Lua number holds are nowhere rounded.
func TestLargeNumbersKeepTheirDigits(t *testing.T) {
	out, err := run(t, `
local source = '{"id":12345678901234567890,"small":9007199254740993,"list":[-18446744073709551616,1e400]}'
local v = json.decode(source)
assert(json.encode(v) == source)
assert(json.encode(json.decode(json.pretty(v))) == source)
assert(json.encode(yaml.decode(yaml.encode({a = v.id, b = v.small}))) == '{"a":12345678901234567890,"b":9007199254740993}')
assert(json.encode(toml.decode(toml.encode({b = v.small}))) == '{"b":9007199254740993}')
print(select(2, pcall(toml.encode, {v = {{a = v.id}}})))
print(text.fill("{{id}}", v), text.template("{{.id}} {{printf \"%d\" .small}}", v), (csv.encode({{v.id}})))
print(#list.group_by({{k = v.id}, {k = 3}, {k = v.id}}, "k")[v.id])
for _, row in ipairs(list.sort_by({{k = v.id}, {k = "a"}, {k = v.list[2]}, {k = 3}, {k = v.small}, {k = 2^53}, {k = v.list[1]}}, "k")) do
  print(row.k)
end`)
	want := `toml.encode: TOML cannot hold the number 12345678901234567890
12345678901234567890	12345678901234567890 9007199254740993	12345678901234567890

2
-18446744073709551616
3
9.007199254741e+15
9007199254740993
12345678901234567890
1e400
a
`
	if err != nil || out != want {
		t.Errorf("printed\n%s\nwant\n%s%s", out, want, rendered(err))
	}
}

func TestText(t *testing.T) {
	check(t, `assert(table.concat(text.split("a, b, c", ", "), "|") == "a|b|c")`)
	check(t, `assert(table.concat(text.split(" a  b\n"), "|") == "a|b")`)
	check(t, `assert(table.concat(text.split("a.b.c", ".", {limit = 2}), "|") == "a|b.c")`)
	check(t, `assert(text.trim("--a-", "-") == "a" and text.trim("\t a \n") == "a")`)
	check(t, `assert(#text.lines("") == 0 and #text.lines("a") == 1 and text.lines("a\r\nb\n")[1] == "a")`)
	check(t, `assert(not text.starts_with("a", "ab") and not text.ends_with("a", "ba") and not text.contains("a", "b"))`)
	check(t, `assert(text.replace("%d %d", "%d", "%s") == "%s %s")`)
	check(t, `assert(text.fill("{{ n }} of {{all}}: {{ok}}", {n = 1, all = 2.5, ok = true}) == "1 of 2.5: true")`)
	refused(t, `text.fill("{{a.b}}", {a = {}})`, runtime.BadRequest, "no field for the place {{a.b}}")
	refused(t, `text.fill("{{a}}", {a = {b = 1}})`, runtime.BadRequest, "is a table")
	refused(t, `text.fill("{{a", {a = 1})`, runtime.BadRequest, "{{ without }}")
	refused(t, `text.split("a", "")`, runtime.Usage, "at least one character")
	refused(t, `text.split("a b", {limit = 1})`, runtime.Usage, "needs a separator")
	refused(t, `text.split("a", ",", {limit = 0})`, runtime.Usage, "at least 1")
	refused(t, `text.replace("a", "", "b")`, runtime.Usage, "at least one character")
}

func TestRetry(t *testing.T) {
	check(t, `
local attempts = 0
local a, b = retry(function(attempt)
  attempts = attempts + 1
  assert(attempt == attempts)
  if attempts < 4 then error({kind = "timeout"}) end
  return "a", "b"
end)
assert(a == "a" and b == "b" and attempts == 4)
local waited = time.monotonic() -- half to all of 1 + 2 + 4
assert(waited >= 3.5 and waited <= 7, waited)`)
	check(t, `
local attempts = 0
local ok, e = pcall(retry, function() attempts = attempts + 1 error("mine", 0) end)
assert(not ok and e == "mine" and attempts == 1)`)
	check(t, `
local attempts = 0
local ok, e = pcall(retry, function() attempts = attempts + 1 error({kind = "conflict"}) end, {times = 2, on = {"conflict"}, delay = 0})
assert(not ok and e.kind == "conflict" and attempts == 2)`)
	check(t, `
pcall(retry, function() error({kind = "timeout"}) end, {times = 10, delay = "10s", max_delay = "20s"})
assert(time.monotonic() <= 10 + 8 * 20)`)
	refused(t, `retry(print, {times = 0})`, runtime.Usage, "expected at least 1")
	refused(t, `retry(print, {delay = -1})`, runtime.Usage, "cannot be negative")
	refused(t, `retry(print, {on = {1}})`, runtime.Usage, "at position 1")
	refused(t, `retry(print, {tries = 1})`, runtime.Usage, `unknown parameter "tries"`)
}

func TestExit(t *testing.T) {
	for source, want := range map[string]int{`pcall(exit, 3)`: 3, `exit()`: 0, `os.exit(4)`: 4, `os.exit(false)`: 1, `parallel.each({1, 2}, function(n) time.sleep(n) exit(n) end)`: 1} {
		_, err := run(t, source+` print("still here")`)
		var e *runtime.Error
		if !errors.As(err, &e) || e.Kind != runtime.Exit || e.ExitCode != want {
			t.Errorf("%s ended with %v, want exit status %d", source, err, want)
		}
	}
	refused(t, `exit(256)`, runtime.Usage, "expected 0 to 255")
}

func TestShow(t *testing.T) {
	out, err := run(t, `
show({{name = "web1", status = "ACTIVE"}, {name = "database", status = "BUILD"}})
show("text")
show({a = 1})
show(nil)`)
	if err != nil {
		t.Fatal(rendered(err))
	}
	want := `NAME      STATUS
web1      ACTIVE
database  BUILD
text
{a = 1}
nil
`
	if out != want {
		t.Errorf("showed\n%s\nwant\n%s", out, want)
	}
}

func TestRemaining(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Clock: runtime.NewVirtualClock(epoch)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(`
time.sleep(10)
local left = limits.remaining()
return left.calls, left.time, left.tasks, left.output, left.steps < 1000 and left.steps > 0`))
	if err != nil {
		t.Fatal(err)
	}
	res, err := rt.Run(context.Background(), p, runtime.RunOptions{Limits: runtime.Limits{Calls: 5, Time: time.Minute, Tasks: 3, Steps: 1000}})
	if err != nil {
		t.Fatal(rendered(err))
	}
	want := []any{3.0, 50.0, 2.0, nil, true}
	for i := range want {
		if res.Values[i] != want[i] {
			t.Errorf("got %v, want %v", res.Values, want)
		}
	}
}

func TestRemainingOfLimitsThatAreNotCounted(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Clock: runtime.NewVirtualClock(epoch), Limits: runtime.Limits{
		Memory: 64 << 20, Recursion: 50, CallsOf: map[string]int64{"time.*": 3, "limits.remaining": 2},
	}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(`
local before = limits.remaining()
local kept = ("x"):rep(32 * 1024 * 1024)
time.now()
local function deep(n) if n == 0 then return limits.remaining() end local left = deep(n - 1) return left end
local ok, left = pcall(deep, 9)
return before.recursion, left.recursion, before.memory <= 64 * 1024 * 1024, before.memory - left.memory > 24e6,
  left.calls_of["time.*"], left.calls_of["limits.remaining"], #kept, before.calls, before.steps`))
	if err != nil {
		t.Fatal(err)
	}
	goruntime.GC() // what others left is collected, and not what is counted
	res, err := rt.Run(context.Background(), p, runtime.RunOptions{})
	if err != nil {
		t.Fatal(rendered(err))
	}
	// Below the second look lie the chunk, pcall and ten calls of deep.
	want := []any{49.0, 38.0, true, true, 2.0, 0.0, 32.0 * 1024 * 1024, nil, nil}
	for i := range want {
		if res.Values[i] != want[i] {
			t.Errorf("got %v, want %v", res.Values, want)
		}
	}
}
