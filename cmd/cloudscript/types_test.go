package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/internal/luacatstest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/luacats"
)

// The annotations of the real declarations are Lua, and hold every verb with
// every parameter, and every object type with its fields and methods.
func TestTypesHoldEverything(t *testing.T) {
	rt, err := declarations(&streams{getenv: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range luacats.Stubs(rt) {
		if _, err := runtime.Compile(f.Name, []byte(f.Text)); err != nil {
			t.Error(err)
		}
		texts[f.Name] = f.Text
	}
	for _, problem := range luacatstest.Check(texts) {
		t.Error(problem)
	}
	for _, v := range rt.Verbs() {
		file := v.Module() + ".lua"
		if v.Module() == "" {
			file = "globals.lua"
		}
		block := functionBlock(texts[file], "function "+v.Name+"(")
		if block == "" {
			t.Errorf("%s lacks %s", file, v.Name)
		}
		for _, p := range v.Params {
			if !regexp.MustCompile(`\b` + p.Name + `\??:? `).MatchString(block) {
				t.Errorf("%s lacks the parameter %s", v.Name, p.Name)
			}
			if len(p.Enum) > 0 && !strings.Contains(texts[file], "---@alias "+v.Name+"."+p.Name+" ") {
				t.Errorf("%s lacks the alias for %s", v.Name, p.Name)
			}
		}
	}
	for _, o := range rt.Objects() {
		_, class, ok := strings.Cut(texts["objects.lua"], "---@class "+o.Name+"\n")
		if !ok {
			t.Errorf("no class for %s", o.Name)
		}
		class, _, _ = strings.Cut(class, "---@class ")
		for _, f := range o.Fields {
			if !strings.Contains(class, "---@field "+f.Name+"? ") {
				t.Errorf("%s lacks the field %s", o.Name, f.Name)
			}
		}
		for _, m := range rt.Methods(o.Name) {
			if !strings.Contains(class, ":"+m.Function()+"(") {
				t.Errorf("%s lacks the method %s", o.Name, m.Function())
			}
		}
	}
}

// functionBlock is a function with the annotations above it, the class of its
// arguments included.
func functionBlock(text, head string) string {
	end := strings.Index(text, "\n"+head)
	if end < 0 {
		return ""
	}
	return text[max(strings.LastIndex(text[:end], "\nfunction "), 0):end]
}
