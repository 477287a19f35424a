package runtime

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

var epoch = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// cloud are the modules of a small invented cloud, with a verb for each thing
// that can go wrong.
func cloud() []Module {
	server := func(id, name string) JSON {
		return JSON{Type: "server", Raw: fmt.Appendf(nil, `{"id": %s, "name": %q, "status": "ACTIVE", "adminPass": "hunter2", "addresses": {"public": ["192.0.2.1"]}}`, id, name)}
	}
	return []Module{{
		Name: "servers",
		Doc:  "Virtual machines.",
		Objects: []ObjectType{{Name: "server", Doc: "A virtual machine.", Key: "id", Columns: []string{"id", "name", "status"},
			Fields: []Field{{Name: "id", Type: ID}, {Name: "name", Type: String}, {Name: "status", Type: String},
				{Name: "progress", Type: Integer}, {Name: "adminPass", Type: String, Secret: true}}}},
		Verbs: []Verb{
			{Name: "servers.create", Effect: Create, Doc: "Creates a server.", Returns: "server",
				Params: []Param{{Name: "name", Type: String, Required: true}, {Name: "image", Type: ID, Required: true},
					{Name: "flavor", Type: ID, Required: true}, {Name: "metadata", Type: Strings}, {Name: "password", Type: String, Secret: true}},
				Func: func(ctx context.Context, c *Call) (any, error) {
					switch c.String("name") {
					case "slow":
						return nil, c.Clock().Sleep(ctx, time.Hour)
					case "full":
						return nil, &Error{Kind: OverLimit, Status: 413, Message: "the account's limit is reached", RetryAfter: 90 * time.Second,
							RequestID: "req-1", Details: "Too many requests", Hint: "wait, or ask for a higher limit"}
					}
					return server("7", c.String("name")), nil
				}},
			{Name: "servers.get", Effect: Read, Doc: "Gets a server.", Returns: "server",
				Params: []Param{{Name: "id", Type: ID, Required: true}},
				Func: func(_ context.Context, c *Call) (any, error) {
					switch id := c.String("id"); id {
					case "404":
						return nil, &Error{Kind: NotFound, Status: 404, Message: "there is no server 404", Hint: "servers.list() shows the servers"}
					case "401":
						return nil, &Error{Kind: Unauthorized, Status: 401, Message: "the cloud refused the API key of user \"demo\"",
							Hint: "was the key regenerated? put the new one into credentials.toml"}
					case "0":
						return nil, &Error{Kind: Unreachable, Message: "cannot reach servers.example: no such host", Hint: "is the network up? --sim needs none"}
					default:
						return server(id, "web"+id), nil
					}
				}},
			{Name: "servers.list", Effect: Read, Doc: "Lists servers.", Returns: "list of server", Params: []Param{{Name: "count", Type: Integer, Default: 2}},
				Func: func(_ context.Context, c *Call) (any, error) {
					rows := Rows{Type: "server"}
					for i := range c.Int("count") {
						id := fmt.Sprint(i + 1)
						rows.Raw = append(rows.Raw, server(id, "web"+id).Raw)
					}
					return rows, nil
				}},
			{Name: "servers.reboot", Effect: Update, Doc: "Reboots a server.", Method: "server",
				Params: []Param{{Name: "id", Type: ID, Required: true}, {Name: "type", Type: String, Enum: []string{"SOFT", "HARD"}, Default: "SOFT"}},
				Func: func(_ context.Context, c *Call) (any, error) {
					return c.String("id") + " " + c.String("type"), nil
				}},
			{Name: "servers.delete", Effect: Destroy, Doc: "Deletes a server.", Method: "server", Params: []Param{{Name: "id", Type: ID, Required: true}},
				Func: func(ctx context.Context, c *Call) (any, error) { return nil, c.Clock().Sleep(ctx, time.Minute) }},
		},
	}, {
		Name: "try",
		Verbs: []Verb{
			{Name: "try.sleep", Doc: "Waits.", Params: []Param{{Name: "duration", Type: Duration, Required: true}},
				Func: func(ctx context.Context, c *Call) (any, error) {
					return nil, c.Clock().Sleep(ctx, c.Duration("duration"))
				}},
			{Name: "try.echo", Doc: "Returns every kind of argument in Go's words.",
				Params: []Param{{Name: "any", Type: Any, Named: true}, {Name: "number", Type: Number, Named: true}, {Name: "int", Type: Integer, Named: true},
					{Name: "bool", Type: Boolean, Named: true}, {Name: "duration", Type: Duration, Named: true}, {Name: "id", Type: ID, Named: true},
					{Name: "table", Type: Table, Named: true}, {Name: "list", Type: List, Named: true}, {Name: "strings", Type: Strings, Named: true},
					{Name: "secret", Type: Integer, Named: true, Secret: true}},
				Func: func(_ context.Context, c *Call) (any, error) {
					var parts []string
					for _, p := range c.Verb.Params {
						if c.Has(p.Name) {
							parts = append(parts, fmt.Sprintf("%s=%#v", p.Name, c.Any(p.Name)))
						}
					}
					return strings.Join(parts, " "), nil
				}},
			{Name: "try.apply", Doc: "Calls a function.", Params: []Param{{Name: "fn", Type: Callback, Required: true}, {Name: "arg", Type: Handle}},
				Inline: func(_ context.Context, c *Call) (any, error) {
					values, err := c.Apply(c.Callback("fn"), c.Handle("arg"))
					if err != nil {
						return nil, err
					}
					var results Results
					for _, v := range values {
						results = append(results, v)
					}
					return results, nil
				}},
			{Name: "try.each", Doc: "Calls a function with each item.",
				Params: []Param{{Name: "list", Type: Handle, Required: true}, {Name: "fn", Type: Callback, Required: true},
					{Name: "limit", Type: Integer, Named: true}, {Name: "collect", Type: Boolean, Named: true}},
				Inline: tryEach},
			{Name: "try.spawn", Doc: "Calls a function in a task of its own.", Params: []Param{{Name: "fn", Type: Callback, Required: true}},
				Inline: func(ctx context.Context, c *Call) (any, error) { return c.Spawn(ctx, c.Callback("fn")) }},
			{Name: "try.cleanup", Doc: "Has a function called at the end.", Params: []Param{{Name: "fn", Type: Callback, Required: true}},
				Inline: func(_ context.Context, c *Call) (any, error) { c.Cleanup(c.Callback("fn")); return nil, nil }},
			{Name: "try.panic", Doc: "Panics.", Func: func(context.Context, *Call) (any, error) { panic("the host's fault") }},
			{Name: "try.panic_inline", Doc: "Panics.", Inline: func(context.Context, *Call) (any, error) { panic(errors.New("the host's fault")) }},
			{Name: "try.fail", Doc: "Fails without a kind.", Func: func(context.Context, *Call) (any, error) { return nil, errors.New("it broke") }},
			{Name: "try.exit", Doc: "Ends the run.", Params: []Param{{Name: "code", Type: Integer}},
				Inline: func(_ context.Context, c *Call) (any, error) {
					return nil, &Error{Kind: Exit, Message: "exit", ExitCode: int(c.Int("code"))}
				}},
			{Name: "try.odd", Doc: "Returns what has no Lua form.", Func: func(context.Context, *Call) (any, error) { return make(chan int), nil }},
			{Name: "try.progress", Doc: "Reports progress.", Func: func(ctx context.Context, c *Call) (any, error) {
				c.Progress(ctx, Progress{Line: "40%"})
				return c.Path(), nil
			}},
		},
		Values: map[string]any{"answer": 42, "null": Null, "words": []string{"a", "b"}},
	}}
}

func tryEach(ctx context.Context, c *Call) (any, error) {
	list := c.Handle("list")
	items := make([]Value, list.Len())
	for i := range items {
		items[i] = list.Index(i + 1)
	}
	outcomes, err := c.Each(ctx, items, c.Callback("fn"), EachOptions{Limit: int(c.Int("limit")), Collect: c.Bool("collect")})
	if err != nil {
		return nil, err
	}
	out := make([]any, len(outcomes))
	for i, o := range outcomes {
		switch {
		case o.Err != nil:
			out[i] = o.Err
		case len(o.Values) > 0:
			out[i] = o.Values[0]
		}
	}
	return out, nil
}

// newCloud is a runtime over the invented cloud that lives in virtual time.
func newCloud(t testing.TB, change ...func(*Config)) *Runtime {
	t.Helper()
	config := Config{Policy: AllowAll(), Modules: cloud(), Clock: NewVirtualClock(epoch)}
	for _, f := range change {
		f(&config)
	}
	rt, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// script runs source and returns what it printed.
func script(t testing.TB, rt *Runtime, source string, change ...func(*RunOptions)) (string, error) {
	t.Helper()
	p, err := Compile("test.lua", []byte(source))
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	options := RunOptions{Stdout: &out, ID: "run"}
	for _, f := range change {
		f(&options)
	}
	_, err = rt.Run(context.Background(), p, options)
	return out.String(), err
}

// prints fails the test unless source prints want.
func prints(t testing.TB, rt *Runtime, source, want string) {
	t.Helper()
	got, err := script(t, rt, source)
	if err != nil {
		t.Errorf("%s\n%s", source, renderError(err))
	} else if got != want {
		t.Errorf("%s\nprinted %q\nwant    %q", source, got, want)
	}
}

// fails runs source and returns the error that it must end with.
func fails(t testing.TB, rt *Runtime, source string) *Error {
	t.Helper()
	_, err := script(t, rt, source)
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%s\nended with %v, want an *Error", source, err)
	}
	return e
}

func renderError(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Render(RenderOptions{Full: true})
	}
	return err.Error()
}
