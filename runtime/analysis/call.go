package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// call looks at a call whose parts were read.
func (w *walker) call(c *syntax.Call) {
	if c.Method != nil {
		w.method(c, w.origin(c.Func))
	}
	if name, ok := w.requires(c); ok {
		if r := w.modules.module(name); r != nil && r.problem != "" {
			w.report.add(c.Args[0].At(), Module, r.problem, r.hint)
		}
	}
	if v, method := w.called(c); v != nil {
		w.arguments(c, v, c.Args, method)
		return
	}
	if c.Method == nil && w.origin(c.Func) == (origin{builtin, "pcall"}) && len(c.Args) > 0 {
		if o := w.origin(c.Args[0]); o.kind == verb {
			w.arguments(c, w.env.rt.Verb(o.name), c.Args[1:], false)
		}
	}
}

// given are the arguments of one call, by parameter, as far as they can be told.
type given struct {
	verb   *runtime.Verb
	params map[string]bool
	open   bool // there may be more than can be seen
	slips  []string
}

// arguments checks a verb's arguments as the runtime binds them: by position,
// and the rest by name in a last table.
func (w *walker) arguments(c *syntax.Call, v *runtime.Verb, args []syntax.Expr, method bool) {
	g := &given{verb: v, params: map[string]bool{}}
	positional := positionalParams(v)
	if method {
		g.params[positional[0].Name] = true
		positional = positional[1:]
	}
	named, args := w.splitNamed(g, positional, args)
	for len(args) > len(positional) && isNil(args[len(args)-1]) {
		args = args[:len(args)-1]
	}
	if len(args) > len(positional) {
		w.report.add(args[len(positional)].At(), ExtraArgument,
			fmt.Sprintf("%s takes %s by position, got %d", v.Name, count(len(positional), "argument"), len(args)), "it is called as "+v.Signature())
	}
	for i, arg := range args {
		if i < len(positional) && !isNil(arg) {
			g.params[positional[i].Name] = true
			w.literal(v, positional[i], arg)
		}
	}
	if named != nil {
		w.namedArguments(g, named)
	}
	w.missing(c, g)
}

func positionalParams(v *runtime.Verb) []*runtime.Param {
	var list []*runtime.Param
	for i := range v.Params {
		if !v.Params[i].Named {
			list = append(list, &v.Params[i])
		}
	}
	return list
}

// splitNamed takes the table of named arguments off the end. A last argument
// that may be such a table, or several values, leaves the call open.
func (w *walker) splitNamed(g *given, positional []*runtime.Param, args []syntax.Expr) (*syntax.Table, []syntax.Expr) {
	if len(args) == 0 {
		return nil, args
	}
	rest, n := args[:len(args)-1], len(args)
	switch last := args[n-1].(type) {
	case *syntax.Table:
		if n > len(positional) || takesNames(g, positional, n, last) {
			return last, rest
		}
	case *syntax.Call, *syntax.Vararg:
		g.open = true
		return nil, rest
	case *syntax.Name, *syntax.Index, *syntax.Paren, *syntax.Binary:
		g.open = w.origin(last).kind == unknown
		if g.open && n > len(positional) {
			return nil, rest
		}
	}
	return nil, args
}

// takesNames decides as the runtime does whether a table at position n holds
// arguments by name.
func takesNames(g *given, positional []*runtime.Param, n int, t *syntax.Table) bool {
	p := positional[n-1]
	switch p.Type {
	case runtime.Any, runtime.Handle:
		return false
	case runtime.Table, runtime.List, runtime.Strings:
		if p.Required {
			return false
		}
		for _, f := range t.Fields {
			key, ok := f.Key.(*syntax.String)
			if !ok || !g.lacks(key.Value, positional[:n-1]) {
				return false
			}
		}
	}
	return true
}

// lacks reports whether name is a parameter that is neither given nor one of
// those before.
func (g *given) lacks(name string, before []*runtime.Param) bool {
	named := func(p *runtime.Param) bool { return p.Name == name }
	return !g.params[name] && !slices.ContainsFunc(before, named) &&
		slices.ContainsFunc(g.verb.Params, func(p runtime.Param) bool { return named(&p) })
}

func (w *walker) namedArguments(g *given, t *syntax.Table) {
	var names []string
	for i := range g.verb.Params {
		names = append(names, g.verb.Params[i].Name)
	}
	for _, f := range t.Fields {
		key, ok := f.Key.(*syntax.String)
		switch {
		case f.Key == nil:
			w.report.add(f.Value.At(), WrongType, g.verb.Name+": in a table, parameters are given by name", "it is called as "+g.verb.Signature())
			continue
		case !ok:
			g.open = true
			continue
		}
		i := slices.Index(names, key.Value)
		switch {
		case i < 0:
			near := nearest.Name(key.Value, names)
			g.slips = append(g.slips, near)
			w.report.add(key.Pos, UnknownParameter, fmt.Sprintf("%s has no parameter %q", g.verb.Name, key.Value), parameterHint(near, names))
		case g.params[key.Value]:
			w.report.add(key.Pos, ExtraArgument, fmt.Sprintf("%s: parameter %q is given twice", g.verb.Name, key.Value), "keep one of them")
		case !isNil(f.Value):
			g.params[key.Value] = true
			w.literal(g.verb, &g.verb.Params[i], f.Value)
		}
	}
}

func parameterHint(near string, names []string) string {
	switch {
	case near != "":
		return didYouMean(near)
	case len(names) == 0:
		return "it takes no parameters"
	}
	return "it takes " + strings.Join(names, ", ")
}

// missing reports required parameters, except one that a slip was meant for.
func (w *walker) missing(c *syntax.Call, g *given) {
	if g.open {
		return
	}
	for _, p := range g.verb.Params {
		if p.Required && !g.params[p.Name] && !slices.Contains(g.slips, p.Name) {
			w.report.add(c.Pos, MissingParameter, fmt.Sprintf("%s: missing parameter %q (%s)", g.verb.Name, p.Name, p.Type), "it is called as "+g.verb.Signature())
		}
	}
}

func count(n int, what string) string {
	if n == 0 {
		return "no " + what
	}
	return english.Count(n, what)
}
