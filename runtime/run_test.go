package runtime

import (
	"context"
	"strings"
	"testing"
)

func TestRunPrintsAndReturns(t *testing.T) {
	rt, err := New(Config{Policy: AllowAll(), Modules: []Module{{Name: "servers", Verbs: []Verb{{
		Name: "servers.get", Effect: Read, Doc: "Gets a server.", Params: []Param{{Name: "id", Type: ID, Required: true}},
		Func: func(_ context.Context, c *Call) (any, error) {
			return JSON{Raw: []byte(`{"id": ` + c.String("id") + `, "name": "web"}`)}, nil
		},
	}}}}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile("hello.lua", []byte(`print("hello", arg[1]) return servers.get(7).name, servers.get{id = 8}.id`))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	res, err := rt.Run(context.Background(), p, RunOptions{Stdout: &out, Args: []string{"world"}})
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != "hello\tworld\n" {
		t.Errorf("printed %q", out.String())
	}
	if len(res.Values) != 2 || res.Values[0] != "web" || res.Values[1] != 8.0 {
		t.Errorf("returned %v", res.Values)
	}
}
