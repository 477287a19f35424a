package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// index looks at Object.key where its value is taken.
func (w *walker) index(e *syntax.Index) {
	key, ok := e.Key.(*syntax.String)
	if !ok {
		return
	}
	of := w.origin(e.Object)
	switch of.kind {
	case module:
		w.moduleMember(e.Pos, of.name, key.Value)
	case library:
		if names := w.env.libraries[of.name]; !slices.Contains(names, key.Value) {
			hint := w.env.rt.Absent(of.name + "." + key.Value)
			if hint == "" {
				hint = suggest(key.Value, of.name+".", names)
			}
			w.report.add(e.Pos, UnknownField, fmt.Sprintf("%s has no field %q", of.name, key.Value), hint)
		}
	case builtin:
		if of.name == "params" && len(w.params) > 0 && !slices.Contains(w.params, key.Value) && !w.facts.fields[key.Value] {
			w.report.add(e.Pos, UnknownField, fmt.Sprintf("the header declares no parameter %q", key.Value), suggest(key.Value, "params.", w.params))
		}
	case object:
		w.objectField(e.Pos, w.env.rt.Object(of.name), key.Value)
	case fileModule:
		w.moduleField(e.Pos, of.name, key.Value)
	}
}

func (w *walker) moduleMember(at syntax.Pos, name, key string) {
	if v := w.env.rt.Verb(name + "." + key); v != nil {
		w.use(v)
		return
	}
	if names := members(w.env.modules[name]); !slices.Contains(names, key) {
		w.report.add(at, UnknownVerb, fmt.Sprintf("%s has no verb %q", name, key), suggest(key, name+".", names))
	}
}

// moduleField looks at a field of what require returned.
func (w *walker) moduleField(at syntax.Pos, name, key string) {
	r := w.modules.module(name)
	if r == nil || r.fields == nil || slices.Contains(r.fields, key) || w.facts.fields[key] || w.modules.assigned(key) {
		return
	}
	w.report.add(at, UnknownField, fmt.Sprintf("the module %q has no field %q", name, key), suggest(key, "", r.fields))
}

// objectField judges as the runtime does: answers hold fields that nobody
// declared, but a near miss of a name that exists is a slip.
func (w *walker) objectField(at syntax.Pos, o *runtime.ObjectType, key string) {
	names := w.env.elements(o)
	if slices.Contains(names, key) {
		if v := w.env.methods[o.Name][key]; v != nil {
			w.use(v)
		}
		return
	}
	if near := nearest.Name(key, names); near != "" {
		w.report.add(at, UnknownField, fmt.Sprintf("a %s has no field or method %q", o.Name, key), didYouMean(w.element(o, near)))
	}
}

// element is a field or method as scripts write it.
func (w *walker) element(o *runtime.ObjectType, name string) string {
	if w.env.methods[o.Name][name] != nil {
		return o.Name + ":" + name + "()"
	}
	return o.Name + "." + name
}

// method looks at the name in Object:name().
func (w *walker) method(c *syntax.Call, o origin) {
	name := c.Method.Text
	switch o.kind {
	case fileModule:
		w.moduleField(c.Method.Pos, o.name, name)
	case module:
		w.moduleMember(c.Method.Pos, o.name, name)
		if w.env.rt.Verb(o.name+"."+name) != nil {
			w.report.add(c.Method.Pos, ExtraArgument, o.name+" is a module, so its functions are called with a dot",
				fmt.Sprintf("write %s.%s(…), not %s:%s(…)", o.name, name, o.name, name))
		}
		return
	}
	if o.kind != object {
		if _, ofStrings := slices.BinarySearch(w.env.libraries["string"], name); !ofStrings {
			w.useMethod(name)
		}
		return
	}
	if v := w.env.methods[o.name][name]; v != nil {
		w.use(v)
		return
	}
	var names []string
	for method := range w.env.methods[o.name] {
		names = append(names, method)
	}
	slices.Sort(names)
	w.report.add(c.Method.Pos, UnknownVerb, fmt.Sprintf("a %s has no method %q", o.name, name), suggest(name, o.name+":", names))
}

// suggest names the near miss, or else everything there is.
func suggest(name, prefix string, names []string) string {
	if near := nearest.Name(name, names); near != "" {
		return didYouMean(prefix + near)
	}
	if len(names) == 0 {
		return "it has none"
	}
	return "it has " + strings.Join(names, ", ")
}
