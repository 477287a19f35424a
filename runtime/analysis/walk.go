package analysis

import "github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"

// A walker reads one script in the order of its text.
type walker struct {
	env     *environment
	report  *report
	facts   *facts
	uses    uses
	modules *modules
	params  []string // that the script's header declares; none: any may be given
	scope   *scope
	depth   int // of functions; 0 in the main chunk
}

func newWalker(env *environment, r *report, f *facts, m *modules) *walker {
	return &walker{env: env, report: r, facts: f, modules: m, uses: uses{}}
}

// gather reads a script for what has to be known of all of it.
func gather(env *environment, body []syntax.Stmt, m *modules) *facts {
	w := newWalker(env, newReport("", ""), newFacts(), m)
	w.chunk(body)
	return w.facts
}

func (w *walker) chunk(body []syntax.Stmt) { w.block(body, nil) }

func (w *walker) statements(body []syntax.Stmt) {
	for _, s := range body {
		w.statement(s)
	}
}

func (w *walker) statement(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.Local:
		w.local(s)
	case *syntax.LocalFunction:
		w.declare(s.Name, origin{}).reported = true
		w.function(s.Func)
	case *syntax.FunctionStmt:
		w.assign(s.Target, s.Func)
		w.function(s.Func)
	case *syntax.Assign:
		w.expressions(s.Values)
		for i, target := range s.Targets {
			var value syntax.Expr
			if i < len(s.Values) {
				value = s.Values[i]
			}
			w.assign(target, value)
		}
	case *syntax.CallStmt:
		w.expression(s.Call)
	case *syntax.Do:
		w.block(s.Body, nil)
	case *syntax.While:
		w.expression(s.Cond)
		w.block(s.Body, nil)
	case *syntax.Repeat:
		w.scope = &scope{outer: w.scope, vars: map[string]*variable{}}
		w.statements(s.Body)
		w.expression(s.Cond)
		w.leave()
	case *syntax.If:
		for i, body := range s.Bodies {
			if i < len(s.Conds) {
				w.expression(s.Conds[i])
			}
			w.block(body, nil)
		}
	case *syntax.NumericFor:
		w.expressions(s.Bounds)
		w.block(s.Body, func() { w.declare(s.Var, origin{}) })
	case *syntax.GenericFor:
		w.genericFor(s)
	case *syntax.Return:
		if w.depth == 0 && len(s.Values) == 1 { // what a module returns
			w.object(s.Values[0])
			return
		}
		w.expressions(s.Values)
	}
}

// local declares names after their values were read: they see the outer ones.
func (w *walker) local(s *syntax.Local) {
	w.expressions(s.Values)
	origins := make([]origin, len(s.Names))
	for i := range s.Names {
		if i < len(s.Values) {
			origins[i] = w.origin(s.Values[i])
		}
	}
	var group []*variable
	for i, name := range s.Names {
		v := w.declare(name, origins[i])
		v.reported = true
		group = append(group, v)
	}
	if len(s.Values) < len(s.Names) && len(s.Values) > 0 { // one call gives several of them
		for _, v := range group[len(s.Values)-1:] {
			v.group = group[len(s.Values)-1:]
		}
	}
}

func (w *walker) genericFor(s *syntax.GenericFor) {
	w.expressions(s.Values)
	item := origin{}
	if len(s.Values) == 1 {
		if o := w.origin(s.Values[0]); o.kind == itemsOf {
			item = origin{object, o.name}
		}
	}
	w.block(s.Body, func() {
		for i, name := range s.Names {
			if i == 1 {
				w.declare(name, item)
			} else {
				w.declare(name, origin{})
			}
		}
	})
}

// function reads a function; args are what it is called with, as far as that is known.
func (w *walker) function(f *syntax.Function, args ...origin) {
	w.depth++
	w.block(f.Body, func() {
		for i, p := range f.Params {
			arg := origin{}
			if i < len(args) {
				arg = args[i]
			}
			w.declare(p, arg)
		}
	})
	w.depth--
}

func (w *walker) expressions(list []syntax.Expr) {
	for _, e := range list {
		w.expression(e)
	}
}

// object reads an expression of which only a field is used, or that is called.
func (w *walker) object(e syntax.Expr) {
	if n, ok := e.(*syntax.Name); ok {
		w.read(n)
		return
	}
	w.expression(e)
}

func (w *walker) expression(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.Name:
		w.read(e)
		w.hand(e)
	case *syntax.Index:
		w.object(e.Object)
		w.expression(e.Key)
		w.index(e)
	case *syntax.Call:
		w.object(e.Func)
		for i, arg := range e.Args {
			if f, ok := arg.(*syntax.Function); ok {
				w.function(f, w.handedTo(e, i)...)
			} else {
				w.expression(arg)
			}
		}
		w.call(e)
	case *syntax.Function:
		w.function(e)
	case *syntax.Table:
		for _, f := range e.Fields {
			if f.Key != nil {
				w.expression(f.Key)
			}
			w.expression(f.Value)
		}
	case *syntax.Binary:
		w.expression(e.Left)
		w.expression(e.Right)
	case *syntax.Unary:
		w.expression(e.X)
	case *syntax.Paren:
		w.expression(e.X)
	}
}
