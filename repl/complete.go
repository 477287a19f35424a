package repl

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// Completer completes names that the runtime declares: modules, verbs after a
// dot, methods after a colon. It asks no cloud.
func Completer(rt *runtime.Runtime) func(line string) ([]string, int) {
	var globals []string
	members := map[string][]string{}
	for _, v := range rt.Verbs() {
		module := v.Module()
		if module == "" {
			globals = append(globals, v.Name+"(")
			continue
		}
		if !slices.Contains(globals, module+".") {
			globals = append(globals, module+".")
		}
		members[module] = append(members[module], v.Function()+opening(v))
	}
	var methods []string
	for _, object := range rt.Objects() {
		for _, v := range rt.Methods(object.Name) {
			methods = append(methods, v.Function()+"(")
		}
	}
	slices.Sort(globals)
	slices.Sort(methods)
	methods = slices.Compact(methods)
	for _, names := range members {
		slices.Sort(names)
	}
	return func(line string) ([]string, int) {
		m := nameBeforeCursor.FindStringSubmatch(line)
		if m == nil {
			return nil, 0
		}
		owner, separator, typed := m[1], m[2], m[3]
		switch separator {
		case "":
			return withPrefix(globals, typed), len(typed)
		case ":":
			return withPrefix(methods, typed), len(typed)
		}
		return withPrefix(members[owner], typed), len(typed)
	}
}

// nameBeforeCursor splits "x = servers.cr" into "servers", "." and "cr".
var nameBeforeCursor = regexp.MustCompile(`(?:([A-Za-z_][A-Za-z0-9_]*)([.:]))?([A-Za-z_]?[A-Za-z0-9_]*)$`)

// opening is how the arguments of a verb begin.
func opening(v *runtime.Verb) string {
	if strings.Contains(v.Signature(), "{") {
		return "{"
	}
	return "("
}

func withPrefix(names []string, prefix string) []string {
	var out []string
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	return out
}
