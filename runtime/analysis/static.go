package analysis

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// An origin is what is known of a value without running anything.
type origin struct {
	kind originKind
	name string
}

type originKind int

const (
	unknown    originKind = iota
	module                // the module of this name
	library               // a table of Lua's own library
	verb                  // the verb of this full name
	object                // an object of this type
	listOf                // a list of objects of this type
	itemsOf               // what ipairs gives for such a list
	builtin               // a function of Lua's own library
	fileModule            // the table of a module that was required by this name
)

// origin works out where the value of an expression comes from.
func (w *walker) origin(e syntax.Expr) origin {
	switch e := e.(type) {
	case *syntax.Name:
		if v := w.scope.find(e.Text); v != nil {
			if w.facts.extended[v.name] || v.origin.kind == fileModule && w.facts.handed[v.name] {
				return origin{}
			}
			return v.origin
		}
		return w.global(e.Text)
	case *syntax.Paren:
		return w.origin(e.X)
	case *syntax.Index:
		of := w.origin(e.Object)
		key, named := e.Key.(*syntax.String)
		switch {
		case of.kind == module && named && w.env.rt.Verb(of.name+"."+key.Value) != nil:
			return origin{verb, of.name + "." + key.Value}
		case of.kind == listOf && !named:
			return origin{object, of.name}
		}
	case *syntax.Call:
		return w.result(e)
	}
	return origin{}
}

// global is what a name that is no local stands for.
func (w *walker) global(name string) origin {
	switch {
	case w.facts.written[name]:
		return origin{}
	case w.env.modules[name] != nil:
		return origin{module, name}
	case w.env.rt.Verb(name) != nil:
		return origin{verb, name}
	case w.env.libraries[name] != nil:
		return origin{library, name}
	case w.env.has(name):
		return origin{builtin, name}
	}
	return origin{}
}

// result is what a call returns first.
func (w *walker) result(c *syntax.Call) origin {
	if name, ok := w.requires(c); ok {
		return origin{fileModule, name}
	}
	if v, _ := w.called(c); v != nil {
		if of, ok := strings.CutPrefix(v.Returns, "list of "); ok && w.env.rt.Object(of) != nil {
			return origin{listOf, of}
		}
		if w.env.rt.Object(v.Returns) != nil {
			return origin{object, v.Returns}
		}
		return origin{}
	}
	if f := w.origin(c.Func); c.Method == nil && f == (origin{builtin, "ipairs"}) && len(c.Args) == 1 {
		if list := w.origin(c.Args[0]); list.kind == listOf {
			return origin{itemsOf, list.name}
		}
	}
	return origin{}
}

// requires is the module that a call of require, or of a verb like it, names.
func (w *walker) requires(c *syntax.Call) (name string, ok bool) {
	if c.Method != nil || len(c.Args) == 0 {
		return "", false
	}
	switch f := w.origin(c.Func); {
	case f == origin{builtin, "require"} && len(c.Args) == 1:
	case f.kind == verb && slices.Contains(w.modules.requires, f.name):
	default:
		return "", false
	}
	s, ok := c.Args[0].(*syntax.String)
	if !ok {
		return "", false
	}
	return s.Value, true
}

// called is the verb that a call calls, nil if that is not known; as a method,
// the object is its first argument.
func (w *walker) called(c *syntax.Call) (v *runtime.Verb, method bool) {
	o := w.origin(c.Func)
	switch {
	case c.Method != nil && o.kind == object:
		return w.env.methods[o.name][c.Method.Text], true
	case c.Method == nil && o.kind == verb:
		return w.env.rt.Verb(o.name), false
	}
	return nil, false
}
