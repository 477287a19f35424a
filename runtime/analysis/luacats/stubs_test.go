package luacats_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/internal/luacatstest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/luacats"
	"github.com/google/go-cmp/cmp"
)

func nothing(context.Context, *runtime.Call) (any, error) { return nil, nil }

func declared(t *testing.T) *runtime.Runtime {
	rt, err := runtime.New(runtime.Config{Modules: []runtime.Module{
		{Name: "servers", Doc: "Servers.", Verbs: []runtime.Verb{
			{Name: "servers.create", Effect: runtime.Create, Doc: "Makes a server.\nIt takes minutes.", Returns: "server", Func: nothing,
				Example: "servers.create{\n  name = \"a\"\n}", Errors: []runtime.Kind{runtime.NotFound, runtime.OverLimit}, Params: []runtime.Param{
					{Name: "name", Type: runtime.String, Required: true, Doc: "a\nlabel"},
					{Name: "metadata", Type: runtime.Strings, Doc: "pairs"},
					{Name: "count", Type: runtime.Integer, Named: true}}},
			{Name: "servers.list", Effect: runtime.Read, Returns: "list of server", Func: nothing},
			{Name: "servers.wait", Effect: runtime.Read, Returns: "server", Method: "server", Func: nothing, Params: []runtime.Param{
				{Name: "id", Type: runtime.ID, Required: true}, {Name: "state", Type: runtime.String, Enum: []string{"ACTIVE", "gone"}},
				{Name: "timeout", Type: runtime.Duration}}},
			{Name: "servers.rename", Effect: runtime.Update, Method: "server", Func: nothing, Params: []runtime.Param{
				{Name: "id", Type: runtime.ID, Required: true}, {Name: "force", Type: runtime.Boolean, Named: true}, {Name: "name", Type: runtime.String, Required: true}}},
			{Name: "servers.all", Inline: nothing, Returns: "list", EditorReturns: "R[], T?", Params: []runtime.Param{
				{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called as fn(server)", Editor: "fun(item: T): R"},
				{Name: "limit", Type: runtime.Integer, Named: true}}},
			{Name: "servers.show", Inline: nothing, Returns: "list of string", Params: []runtime.Param{
				{Name: "private", Type: runtime.Handle, Required: true, Doc: "<b> or any value"}, {Name: "fn", Type: runtime.Callback}}},
		}, Objects: []runtime.ObjectType{{Name: "server", Doc: "A server.", Fields: []runtime.Field{
			{Name: "id", Type: runtime.ID, Doc: "its number"}, {Name: "tags", Type: runtime.List}, {Name: "extra", Type: runtime.Any}, {Name: "public", Type: runtime.Boolean, Doc: "[sic] or not"}}}},
			Values: map[string]any{"none": runtime.Null}},
		{Verbs: []runtime.Verb{{Name: "wait", Func: nothing, Returns: "whole number", Params: []runtime.Param{
			{Name: "ratio", Type: runtime.Number}, {Name: "force", Type: runtime.Boolean}, {Name: "list", Type: runtime.List}, {Name: "table", Type: runtime.Table}}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// TestGolden shows each form of annotation. UPDATE=1 writes the text anew.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, f := range luacats.Stubs(declared(t)) {
		b.WriteString("==== " + f.Name + "\n" + f.Text)
	}
	b.WriteString("==== .luarc.json\n" + luacats.Settings("types"))
	b.WriteString("==== settings.json\n" + luacats.VSCodeSettings("types"))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/stubs.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/stubs.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("stubs differ (- want, + got):\n%s", diff)
	}
}

// Every stub is Lua, and its annotations are as the language server reads them.
func TestStubsAreLua(t *testing.T) {
	texts := map[string]string{}
	for _, f := range luacats.Stubs(declared(t)) {
		if _, err := runtime.Compile(f.Name, []byte(f.Text)); err != nil {
			t.Error(err)
		}
		if !strings.HasPrefix(f.Text, luacats.Marker) {
			t.Errorf("%s does not start with the marker", f.Name)
		}
		texts[f.Name] = f.Text
	}
	for _, problem := range luacatstest.Check(texts) {
		t.Error(problem)
	}
}

func TestSettingsAreJSON(t *testing.T) {
	for _, text := range []string{luacats.Settings(`C:\types "x"`), luacats.VSCodeSettings("types")} {
		var v map[string]any
		if err := json.Unmarshal([]byte(text), &v); err != nil || len(v) < 4 {
			t.Errorf("%v: %v", err, v)
		}
	}
}
