package stdlib_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// run runs source with what config grants, and prints its output and its error.
func run(config stdlib.Config, source string, params map[string]any) {
	rt, err := runtime.New(runtime.Config{Modules: stdlib.Modules(config), Policy: runtime.AllowAll()})
	if err != nil {
		panic(err)
	}
	program, err := runtime.Compile("script.lua", []byte(source))
	if err != nil {
		panic(err)
	}
	if _, err := rt.Run(context.Background(), program, runtime.RunOptions{Params: params, Stdout: os.Stdout}); err != nil {
		fmt.Println(err)
	}
}

// The zero Config grants nothing outside the run, and there is much to do inside.
func ExampleModules() {
	run(stdlib.Config{}, `
local servers = json.decode('[{"name": "web2", "load": 0.9}, {"name": "web1", "load": 0.4}, {"name": "db1", "load": 0.7}]')
local busy = list.filter(servers, function(s) return s.load > 0.5 end)
print(list.sort_by(busy, "name"))
print(text.template("{{len .busy}} are busy: {{range .busy}}{{.name}};{{end}}", {busy = busy}))
fs.read("notes.txt")`, nil)
	// Output:
	// NAME  LOAD
	// db1   0.7
	// web2  0.9
	// 2 are busy: web2;db1;
	// script.lua:6: fs.read: this host grants scripts no directory
}

// Files are those below the granted directories, under the names that the host gives
// them; nothing leads out.
func ExampleDir() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	run(stdlib.Config{Dirs: []stdlib.Dir{{Name: "reports", Path: dir, Writable: true}}}, `
fs.write("reports/today.csv", csv.encode({{"web1", 3}}))
for _, file in ipairs(fs.list("reports")) do print(file.name, file.size) end
print(select(2, pcall(fs.read, "reports/../../etc/passwd")))`, nil)
	// Output:
	// today.csv	7
	// fs.read: "reports/../../etc/passwd" is not a path inside a directory that the host grants
}

// Variables of the environment are granted by name, and may come from elsewhere.
func ExampleConfig_env() {
	lookup := func(name string) (string, bool) { return "dfw", name == "REGION" }
	run(stdlib.Config{Env: []string{"REGION"}, LookupEnv: lookup}, `print(env.get("REGION")) env.get("HOME")`, nil)
	// Output:
	// dfw
	// script.lua:1: env.get: this host does not grant the variable HOME
}

// Requests go to the granted hosts, and redirects as well.
func ExampleHTTP() {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status": "good"}`) }))
	defer api.Close()
	address, err := url.Parse(api.URL)
	if err != nil {
		panic(err)
	}
	run(stdlib.Config{HTTP: stdlib.HTTP{Hosts: []string{address.Hostname()}}}, `
local answer = http.get(params.api)
print(answer.status, json.decode(answer.body).status)
http.get("https://elsewhere.example/")`, map[string]any{"api": api.URL})
	// Output:
	// 200	good
	// script.lua:4: http.get: this program does not grant requests to elsewhere.example
}

// Log lines go to a logger with the run and the call; runtime.Config.OnLog gets them as
// events.
func ExampleConfig_log() {
	withoutTime := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "run" {
			return slog.Attr{}
		}
		return a
	}
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	run(stdlib.Config{Log: logger}, `log.info("rebooting", {server = "web1", attempt = 2})`, nil)
	// Output: level=INFO msg=rebooting attempt=2 server=web1 call=1
}

// Values that came from a script are written as yaml.encode does.
func ExampleWriteYAML() {
	text, err := stdlib.WriteYAML(map[string]any{"name": "web1", "disks": []any{10.0, 20.5}})
	fmt.Print(string(text), err)
	// Output:
	// disks:
	// - 10
	// - 20.5
	// name: web1
	// <nil>
}
