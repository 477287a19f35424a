package main

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestStubsFollowFromTheDeclarations(t *testing.T) {
	do := func(context.Context, *runtime.Call) (any, error) { return nil, nil }
	rt, err := runtime.New(runtime.Config{Modules: []runtime.Module{
		{Verbs: []runtime.Verb{{Name: "auth", Doc: "Logs in.", Func: do}}},
		{
			Name: "servers", Doc: "Servers.\nMany.", Values: map[string]any{"none": nil},
			Objects: []runtime.ObjectType{{Name: "server", Doc: "A server.", Key: "id", Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID, Doc: "its\nnumber"}, {Name: "name", Type: runtime.String},
			}}},
			Verbs: []runtime.Verb{
				{Name: "servers.list", Doc: "Lists them.", Returns: "list of server", Func: do},
				{Name: "servers.reboot", Doc: "Reboots one.", Method: "server", Returns: "server", Func: do, Params: []runtime.Param{
					{Name: "server", Type: runtime.ID, Required: true, Doc: "which"},
					{Name: "type", Type: runtime.String, Enum: []string{"SOFT", "HARD"}, Doc: "how"},
					{Name: "grace", Type: runtime.Duration, Named: true},
				}},
			},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/stubs.lua"
	got := stubs(rt)
	if os.Getenv("UPDATE_STUBS") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// The stubs of everything are Lua, and hold every verb, method and field.
func TestStubsAreComplete(t *testing.T) {
	s := &streams{getenv: func(string) string { return "" }}
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	text := stubs(w.runtime)
	if _, err := runtime.Compile("stubs", []byte(text)); err != nil {
		t.Fatal(err)
	}
	for _, v := range w.runtime.Verbs() {
		if !strings.Contains(text, "\nfunction "+v.Name+"(") {
			t.Errorf("%s is missing", v.Name)
		}
	}
	for _, o := range w.runtime.Objects() {
		_, class, found := strings.Cut(text, "\n---@class cloudscript."+o.Name+"\n")
		class, _, _ = strings.Cut(class, "\nend\n\n")
		for _, f := range o.Fields {
			if !found || !strings.Contains("\n"+class, "\n---@field "+f.Name+"? ") {
				t.Errorf("%s.%s is missing", o.Name, f.Name)
			}
		}
		for _, v := range w.runtime.Methods(o.Name) {
			if !strings.Contains(class, "function object:"+v.Function()+"(") {
				t.Errorf("%s:%s is missing", o.Name, v.Function())
			}
		}
	}
	classes := regexp.MustCompile(`(?m)^---@class (.*)$`).FindAllString(text, -1)
	seen := map[string]bool{}
	for _, class := range classes {
		if seen[class] {
			t.Errorf("%s is declared twice", class)
		}
		seen[class] = true
	}
}
