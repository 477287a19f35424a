package luacats

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// paramType is what a parameter takes.
func (w *writer) paramType(v *runtime.Verb, p runtime.Param) string {
	if p.Editor != "" {
		return p.Editor
	}
	switch p.Type {
	case runtime.String:
		if len(p.Enum) > 0 {
			return v.Name + "." + p.Name
		}
		return "string"
	case runtime.Duration:
		return "duration"
	case runtime.ID:
		return "id"
	case runtime.Strings:
		return "table<string, string|number>"
	case runtime.Callback:
		return "function"
	}
	return fieldType(p.Type)
}

// fieldType is what a field of an answer holds.
func fieldType(t runtime.Type) string {
	switch t {
	case runtime.String:
		return "string"
	case runtime.Number, runtime.Duration:
		return "number"
	case runtime.Integer:
		return "integer"
	case runtime.Boolean:
		return "boolean"
	case runtime.ID:
		return "number|string"
	case runtime.Table:
		return "table<string, any>"
	case runtime.List:
		return "any[]"
	case runtime.Strings:
		return "table<string, string>"
	case runtime.Callback:
		return "function"
	}
	return "any"
}

// returns is the type that the words of Verb.Returns mean; "" for nothing.
func (w *writer) returns(words string) string {
	if of, ok := strings.CutPrefix(words, "list of "); ok {
		return w.returns(of) + "[]"
	}
	switch words {
	case "", "string", "number", "boolean", "function", "table":
		return words
	case "whole number":
		return "integer"
	case "list":
		return "any[]"
	}
	if w.rt.Object(words) != nil {
		return words
	}
	return "any"
}

// generic finds the types that stand for those of a call.
var generic = lazyregexp.New(`\b[TR]\b`)

// generics are those of them that a verb's types name, in order.
func generics(v *runtime.Verb) []string {
	text := v.EditorReturns
	for _, p := range v.Params {
		text += " " + p.Editor
	}
	names := generic.FindAllString(text, -1)
	slices.Sort(names)
	return slices.Compact(names)
}

// concrete is a type where the server knows no generic ones: in classes, and in
// overloads.
func concrete(text string) string { return generic.ReplaceAllString(text, "any") }
