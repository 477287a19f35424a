package luacats

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// verb writes one function under the name that scripts call it by. The first
// parameters, as many as filled says, are the object that it is a method of.
func (w *writer) verb(v *runtime.Verb, name string, filled int) {
	positional, all := parameters(v, filled)
	if filled == 0 {
		w.aliases(v)
		w.arguments(v)
	}
	w.line("")
	w.comment(v.Doc)
	w.remarks(v)
	if names := generics(v); len(names) > 0 {
		w.line("---@generic %s", strings.Join(names, ", "))
	}
	for _, p := range positional {
		w.line("---@param %s%s %s %s", p.Name, optional(p), w.paramType(v, p), description(p.Doc))
	}
	returns := cmp.Or(v.EditorReturns, w.returns(v.Returns))
	if returns != "" {
		w.line("---@return %s", returns)
	}
	for _, o := range overloads(positional, all, filled) {
		w.line("---@overload %s", concrete(w.overload(v, o, name, returns)))
	}
	names := make([]string, len(positional))
	for i, p := range positional {
		names[i] = p.Name
	}
	w.line("function %s(%s) end", name, strings.Join(names, ", "))
}

// parameters are those that can be given by position, and all, without the ones
// that are filled already.
func parameters(v *runtime.Verb, filled int) (positional, all []runtime.Param) {
	for _, p := range v.Params[filled:] {
		all = append(all, p)
		if !p.Named {
			positional = append(positional, p)
		}
	}
	return positional, all
}

func (w *writer) aliases(v *runtime.Verb) {
	for _, p := range v.Params {
		if len(p.Enum) > 0 {
			w.line("")
			w.line("---@alias %s.%s %s", v.Name, p.Name, quoted(p.Enum))
		}
	}
}

func quoted(values []string) string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = fmt.Sprintf("%q", value)
	}
	return strings.Join(list, "|")
}

// arguments is the class of the table that holds all arguments by name.
func (w *writer) arguments(v *runtime.Verb) {
	if len(v.Params) == 0 || takesTable(v.Params[0]) && !v.Params[0].Named {
		return
	}
	w.line("")
	w.line("---@class (exact) %s.arguments", v.Name)
	for _, p := range v.Params {
		w.line("---@field %s%s %s %s", fieldName(p.Name), optional(p), concrete(w.paramType(v, p)), description(p.Doc))
	}
}

// remarks are what the declaration says beside its text.
func (w *writer) remarks(v *runtime.Verb) {
	w.line("---")
	remark := "effect: " + v.Effect.String()
	if len(v.Errors) > 0 {
		kinds := make([]string, len(v.Errors))
		for i, kind := range v.Errors {
			kinds[i] = string(kind)
		}
		remark += "; errors: " + strings.Join(kinds, ", ")
	}
	w.line("---%s", remark)
	if v.Example != "" {
		w.line("---```lua")
		w.comment(v.Example)
		w.line("---```")
	}
}

// An overload is a call with a table at the end: the parameters before it, and
// those that the table holds.
type overload struct{ before, inTable []runtime.Param }

// overloads are the ways to give some or all parameters by name. The runtime
// takes a table as names only where no table is expected (see
// runtime.Verb.Params).
func overloads(positional, all []runtime.Param, filled int) []overload {
	var list []overload
	if filled == 0 && len(all) > 0 && !(len(positional) > 0 && takesTable(positional[0])) {
		list = append(list, overload{nil, all})
	}
	for n := range len(positional) + 1 {
		if n == 0 && filled == 0 || n < len(positional) && takesTable(positional[n]) {
			continue
		}
		var rest []runtime.Param
		required := false
		for _, p := range all {
			if !slices.ContainsFunc(positional[:n], func(before runtime.Param) bool { return before.Name == p.Name }) {
				rest = append(rest, p)
				required = required || p.Required && !p.Named
			}
		}
		if len(rest) > 0 && !required {
			list = append(list, overload{positional[:n], rest})
		}
	}
	return list
}

func takesTable(p runtime.Param) bool {
	switch p.Type {
	case runtime.Any, runtime.Handle:
		return true
	case runtime.Table, runtime.List, runtime.Strings:
		return p.Required
	}
	return false
}

// overload is the type of one way to call, the object of a method first.
func (w *writer) overload(v *runtime.Verb, o overload, name, returns string) string {
	var parts []string
	if strings.Contains(name, ":") {
		parts = append(parts, "self: "+v.Method)
	}
	for _, p := range o.before {
		parts = append(parts, p.Name+": "+enclosed(w.paramType(v, p)))
	}
	if len(o.inTable) == len(v.Params) { // and so none is before it
		parts = append(parts, "arguments: "+v.Name+".arguments")
	} else {
		var fields []string
		for _, p := range o.inTable {
			fields = append(fields, p.Name+optional(p)+": "+enclosed(w.paramType(v, p)))
		}
		parts = append(parts, "rest: { "+strings.Join(fields, ", ")+" }")
	}
	text := "fun(" + strings.Join(parts, ", ") + ")"
	if returns != "" {
		text += ": " + returns
	}
	return text
}

// enclosed is a type in a list: the results of a function would go on across the
// comma behind it.
func enclosed(text string) string {
	if strings.Contains(text, "fun(") {
		return "(" + text + ")"
	}
	return text
}

func optional(p runtime.Param) string {
	if p.Required {
		return ""
	}
	return "?"
}
