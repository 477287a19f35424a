package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// stubs are the runtime's declarations as LuaCATS annotations: a Lua file that
// is read and never run. Every module is a global table, every object type a
// class with its methods. A verb whose arguments may be named has a class for
// them and an overload that takes it.
func stubs(rt *runtime.Runtime) string {
	w := &stubWriter{rt: rt}
	w.line("---@meta")
	w.line("")
	w.line("-- What cloudscript offers to scripts. Written by cloudscript types; do not edit.")
	for _, o := range rt.Objects() {
		w.object(o)
	}
	for _, m := range rt.Modules() {
		w.module(&m)
	}
	return w.String()
}

type stubWriter struct {
	strings.Builder
	rt *runtime.Runtime
}

func (w *stubWriter) line(format string, args ...any) {
	w.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (w *stubWriter) doc(text string) {
	if text = strings.TrimSpace(text); text != "" {
		w.line("---%s", strings.ReplaceAll(text, "\n", "\n---"))
	}
}

func (w *stubWriter) object(o *runtime.ObjectType) {
	w.line("")
	w.line("do")
	w.doc(o.Doc)
	w.line("---@class %s", className(o.Name))
	for _, f := range o.Fields {
		w.line("---@field %s? %s %s", f.Name, fieldType(f.Type), oneLine(f.Doc))
	}
	w.line("local object = {}")
	for _, v := range w.rt.Methods(o.Name) {
		w.function(v, "object:"+v.Function(), v.Params[1:])
	}
	w.line("end")
}

func (w *stubWriter) module(m *runtime.Module) {
	w.line("")
	if m.Name != "" {
		w.doc(m.Doc)
		w.line("%s = {}", m.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Values)) {
		w.line("---@type any")
		w.line("%s.%s = nil", m.Name, name)
	}
	for i := range m.Verbs {
		w.function(&m.Verbs[i], m.Verbs[i].Name, m.Verbs[i].Params)
	}
}

// function is one verb under a name, with the parameters that are left.
func (w *stubWriter) function(v *runtime.Verb, name string, params []runtime.Param) {
	arguments := className(v.Name + ".arguments")
	if strings.HasPrefix(name, "object:") {
		arguments = className("method." + v.Method + "." + v.Function() + ".arguments")
	}
	w.line("")
	if len(params) > 0 {
		w.line("---@class %s", arguments)
		for _, p := range params {
			w.line("---@field %s%s %s %s", p.Name, optional(p), paramType(p), oneLine(p.Doc))
		}
		w.line("")
	}
	w.doc(v.Doc)
	var names []string
	for _, p := range params {
		if p.Named {
			continue
		}
		names = append(names, p.Name)
		w.line("---@param %s%s %s %s", p.Name, optional(p), paramType(p), oneLine(p.Doc))
	}
	if len(params) > 0 {
		w.line("---@overload fun(%sarguments: %s)%s", self(v, name), arguments, w.returns(v, ": %s"))
	}
	if text := w.returns(v, "---@return %s"); text != "" {
		w.line("%s", text)
	}
	w.line("function %s(%s) end", name, strings.Join(names, ", "))
}

// self is the first parameter of a method's overload.
func self(v *runtime.Verb, name string) string {
	if strings.HasPrefix(name, "object:") {
		return "self: " + className(v.Method) + ", "
	}
	return ""
}

// returns is the type of a verb's result in a format, "" for none.
func (w *stubWriter) returns(v *runtime.Verb, format string) string {
	element, isList := strings.CutPrefix(v.Returns, "list of ")
	text := "any"
	switch {
	case v.Returns == "":
		return ""
	case w.rt.Object(element) != nil:
		text = className(element)
	case slices.Contains([]string{"string", "number", "boolean", "table", "function"}, element):
		text = element
	}
	if isList {
		text += "[]"
	}
	return fmt.Sprintf(format, text)
}

// className keeps object types apart from modules of the same name.
func className(name string) string { return "cloudscript." + name }

func optional(p runtime.Param) string {
	if p.Required {
		return ""
	}
	return "?"
}

func paramType(p runtime.Param) string {
	if len(p.Enum) == 0 {
		return fieldType(p.Type)
	}
	var values []string
	for _, value := range p.Enum {
		values = append(values, fmt.Sprintf("%q", value))
	}
	return strings.Join(values, "|")
}

func fieldType(t runtime.Type) string {
	switch t {
	case runtime.String:
		return "string"
	case runtime.Number:
		return "number"
	case runtime.Integer:
		return "integer"
	case runtime.Boolean:
		return "boolean"
	case runtime.Duration:
		return "number|string"
	case runtime.ID:
		return "number|string|table"
	case runtime.Table:
		return "table"
	case runtime.List:
		return "any[]"
	case runtime.Strings:
		return "table<string, string>"
	case runtime.Callback:
		return "function"
	}
	return "any"
}

func oneLine(doc string) string { return strings.Join(strings.Fields(doc), " ") }
