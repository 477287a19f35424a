package analysis

import "github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"

// A variable is one local.
type variable struct {
	name     *syntax.Name
	origin   origin // where its value comes from, if that is known and never changes
	reported bool   // whether nobody reading it is worth a finding
	read     bool
	assigned bool // after its declaration
	group    []*variable
}

// facts are what has to be known of a whole script before it is judged.
type facts struct {
	assigned map[*syntax.Name]bool // locals, by their declaration, that are assigned later
	extended map[*syntax.Name]bool // locals one of whose fields is assigned
	handed   map[*syntax.Name]bool // locals whose value goes somewhere else, or gets fields that are not named
	openSelf bool                  // a method hands self on, or gives it fields that are not named
	fields   map[string]bool       // fields that anything assigns, of any table
	defined  map[string]bool       // globals that the main chunk's own statements assign
	written  map[string]bool       // globals that anything assigns
	readName map[string]bool       // globals that anything reads
}

func newFacts() *facts {
	locals := func() map[*syntax.Name]bool { return map[*syntax.Name]bool{} }
	texts := func() map[string]bool { return map[string]bool{} }
	return &facts{assigned: locals(), extended: locals(), handed: locals(),
		fields: texts(), defined: texts(), written: texts(), readName: texts()}
}

// A scope is one block's locals.
type scope struct {
	outer *scope
	vars  map[string]*variable
	all   []*variable
}

func (s *scope) find(name string) *variable {
	for ; s != nil; s = s.outer {
		if v := s.vars[name]; v != nil {
			return v
		}
	}
	return nil
}

// names are all locals in sight, inner ones first.
func (s *scope) names() []string {
	var names []string
	for ; s != nil; s = s.outer {
		for _, v := range s.all {
			names = append(names, v.name.Text)
		}
	}
	return names
}

// declare makes a local visible in the current block.
func (w *walker) declare(name *syntax.Name, o origin) *variable {
	v := &variable{name: name, origin: o}
	if w.facts.assigned[name] {
		v.origin = origin{}
	}
	w.scope.vars[name.Text] = v
	w.scope.all = append(w.scope.all, v)
	return v
}

// block reads body in a scope of its own; before declares what it starts with.
func (w *walker) block(body []syntax.Stmt, before func()) {
	w.scope = &scope{outer: w.scope, vars: map[string]*variable{}}
	if before != nil {
		before()
	}
	w.statements(body)
	w.leave()
}

func (w *walker) leave() {
	for _, v := range w.scope.all {
		w.unused(v)
	}
	w.scope = w.scope.outer
}
