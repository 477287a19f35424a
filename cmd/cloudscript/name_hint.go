package main

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// nameHint is what to do for who wrote a verb's or a module's name where a command
// or a script is expected; "" if there is nothing of the kind.
func nameHint(s *streams, name string) string {
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return ""
	}
	defer w.close()
	if w.runtime.Verb(name) != nil {
		return "to call the verb of that name: cloudscript call " + name
	}
	if verb := nearestVerb(w.runtime, name); verb != "" && strings.Contains(name, ".") {
		return "did you mean cloudscript call " + verb + "?"
	}
	return moduleHint(w.runtime, name)
}

// moduleHint names the reference of the module that a name is, or begins with.
func moduleHint(rt *runtime.Runtime, name string) string {
	module, _, _ := strings.Cut(name, ".")
	if slices.ContainsFunc(rt.Modules(), func(m runtime.Module) bool { return m.Name == module }) {
		return "cloudscript doc " + module + " lists the verbs of " + module
	}
	return ""
}

func nearestVerb(rt *runtime.Runtime, name string) string {
	var names []string
	for _, v := range rt.Verbs() {
		names = append(names, v.Name)
	}
	return nearest.Name(name, names)
}
