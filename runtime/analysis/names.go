package analysis

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// read looks at a variable where its value is taken.
func (w *walker) read(n *syntax.Name) {
	if v := w.scope.find(n.Text); v != nil {
		v.read = true
		return
	}
	w.facts.readName[n.Text] = true
	if o := w.global(n.Text); o.kind == verb {
		w.use(w.env.rt.Verb(o.name))
	}
	if w.facts.written[n.Text] || w.env.has(n.Text) {
		return
	}
	w.report.add(n.Pos, UnknownGlobal, fmt.Sprintf("there is no variable %q", n.Text), w.globalHint(n.Text))
}

// globalHint guesses what was meant: a name that exists, or a verb without its
// module.
func (w *walker) globalHint(name string) string {
	if instead := w.env.rt.Absent(name); instead != "" {
		return instead
	}
	candidates := append(w.scope.names(), w.env.globals...)
	for written := range w.facts.defined {
		candidates = append(candidates, written)
	}
	if near := nearest.Name(name, candidates); near != "" {
		return didYouMean(near)
	}
	var verbs []string
	for _, v := range w.env.rt.Verbs() {
		if v.Module() != "" && strings.EqualFold(v.Function(), name) {
			verbs = append(verbs, v.Name)
		}
	}
	if len(verbs) > 0 && len(verbs) <= 3 {
		return didYouMean(strings.Join(verbs, " or "))
	}
	return "declare it with local, or check its spelling"
}

func didYouMean(name string) string { return "did you mean " + name + "?" }

// assign looks at the target of an assignment; value is nil if it is one of
// several results.
func (w *walker) assign(target, value syntax.Expr) {
	switch t := target.(type) {
	case *syntax.Index:
		w.object(t.Object)
		w.expression(t.Key)
		w.extend(t)
	case *syntax.Name:
		if v := w.scope.find(t.Text); v != nil {
			v.assigned = true
			w.facts.assigned[v.name] = true
			return
		}
		w.assignGlobal(t, value)
	}
}

// hand notes that the value of a local goes where it is not followed, or gets
// fields that are not named.
func (w *walker) hand(n *syntax.Name) {
	if v := w.scope.find(n.Text); v != nil {
		w.facts.handed[v.name] = true
		w.facts.openSelf = w.facts.openSelf || n.Text == "self"
	}
}

// extend notes that a table gets a field, so that nothing is known of it for sure.
func (w *walker) extend(t *syntax.Index) {
	key, named := t.Key.(*syntax.String)
	if named {
		w.facts.fields[key.Value] = true
	}
	n, ok := t.Object.(*syntax.Name)
	if !ok {
		return
	}
	if v := w.scope.find(n.Text); v != nil {
		w.facts.extended[v.name] = true
		if !named {
			w.hand(n)
		}
	} else if named && n.Text == "_G" {
		w.facts.written[key.Value], w.facts.defined[key.Value] = true, true
	}
}

func (w *walker) assignGlobal(n *syntax.Name, value syntax.Expr) {
	if w.depth == 0 {
		w.facts.defined[n.Text] = true
	}
	w.facts.written[n.Text] = true
	_, isFunction := value.(*syntax.Function)
	switch {
	case n.Text == "arg" || n.Text == "params": // as a test does for the script that it requires
	case w.env.has(n.Text) && !isFunction:
		w.report.add(n.Pos, AccidentalGlobal, fmt.Sprintf("this replaces %q, which every script has", n.Text),
			"choose another name, or write local "+n.Text)
	case w.depth > 0 && !w.facts.defined[n.Text]:
		hint := "write local " + n.Text + ", or assign it outside functions first"
		if near := nearest.Name(n.Text, w.scope.names()); near != "" {
			hint = didYouMean("the local " + near)
		}
		w.report.add(n.Pos, AccidentalGlobal, fmt.Sprintf("a function assigns the global %q", n.Text), hint)
	case w.depth == 0 && !w.facts.readName[n.Text]:
		if near := nearest.Name(n.Text, w.scope.names()); near != "" {
			w.report.add(n.Pos, AccidentalGlobal, fmt.Sprintf("this assigns the global %q, which nothing reads", n.Text), didYouMean("the local "+near))
		}
	}
}

// unused judges a local at the end of its block. Of the results of one call,
// some may be there only to reach the others.
func (w *walker) unused(v *variable) {
	if v.read || !v.reported || strings.HasPrefix(v.name.Text, "_") {
		return
	}
	for _, other := range v.group {
		if other.read {
			return
		}
	}
	message := "the local %q is never used"
	if v.assigned {
		message = "the local %q is assigned, but never read"
	}
	w.report.add(v.name.Pos, UnusedLocal, fmt.Sprintf(message, v.name.Text), "remove it, or name it _ if its place is needed")
}
