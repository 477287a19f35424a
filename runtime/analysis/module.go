package analysis

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// A required is a module that a script requires, itself or through another one.
type required struct {
	problem string   // why it cannot be loaded
	hint    string   // what to do then
	fields  []string // of the table that it returns, sorted; nil if that is not known
	facts   *facts
	uses    uses
}

// modules are those of one script, by the name that it gives to require.
type modules struct {
	env      *environment
	find     func(name string) (chunk string, src []byte, err error)
	requires []string // verbs that require modules
	all      map[string]*required
}

// module reads a module when it is asked for first; nil if nobody told how to
// find modules.
func (m *modules) module(name string) *required {
	if m.find == nil {
		return nil
	}
	if r := m.all[name]; r != nil {
		return r
	}
	r := &required{facts: newFacts()}
	m.all[name] = r // before it is read: it may require itself
	chunk, src, err := m.find(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.problem, r.hint = fmt.Sprintf("there is no module %q: %v", name, err), "modules stand beside the script: lib.names is lib/names.lua"
		return r
	case err != nil:
		r.problem = fmt.Sprintf("cannot require %q: %v", name, err)
		return r
	}
	if _, err := runtime.Compile(chunk, src); err != nil {
		r.problem = fmt.Sprintf("the module %q does not compile: %v", name, err)
		return r
	}
	body, err := syntax.Parse(string(src))
	if err != nil {
		return r // the compiler takes it
	}
	r.facts = gather(m.env, body, m)
	w := newWalker(m.env, newReport(chunk, ""), r.facts, m)
	w.chunk(body)
	r.uses = w.uses
	r.fields = exported(body, r.facts)
	return r
}

// assigned reports whether any module assigns a field of this name to something,
// which may be the table of another module.
func (m *modules) assigned(field string) bool {
	for _, r := range m.all {
		if r.facts.fields[field] {
			return true
		}
	}
	return false
}

// addGlobals adds what the modules define for everybody.
func (m *modules) addGlobals(f *facts) {
	for _, r := range m.all {
		maps.Copy(f.written, r.facts.written)
		maps.Copy(f.defined, r.facts.defined)
	}
}

func (m *modules) addUses(u uses) {
	for _, r := range m.all {
		maps.Copy(u, r.uses)
	}
}

// exported are the fields of the table that a module returns: of a constructor,
// or of a local that holds one and that nothing but its fields is used of.
func exported(body []syntax.Stmt, f *facts) []string {
	if len(body) == 0 || f.openSelf {
		return nil
	}
	last, ok := body[len(body)-1].(*syntax.Return)
	if !ok || len(last.Values) != 1 {
		return nil
	}
	table, ok := last.Values[0].(*syntax.Table)
	if name, isName := last.Values[0].(*syntax.Name); isName {
		table, ok = constructed(body, name.Text, f)
	}
	if !ok {
		return nil
	}
	fields := slices.Collect(maps.Keys(f.fields))
	for _, field := range table.Fields {
		switch key := field.Key.(type) {
		case nil:
		case *syntax.String:
			fields = append(fields, key.Value)
		default:
			return nil
		}
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// constructed is the table that a local of the main chunk holds all the time.
func constructed(body []syntax.Stmt, name string, f *facts) (*syntax.Table, bool) {
	for _, s := range slices.Backward(body) {
		local, ok := s.(*syntax.Local)
		if !ok {
			continue
		}
		i := slices.IndexFunc(local.Names, func(n *syntax.Name) bool { return n.Text == name })
		if i < 0 {
			continue
		}
		if i >= len(local.Values) || f.assigned[local.Names[i]] || f.handed[local.Names[i]] {
			return nil, false
		}
		table, ok := local.Values[i].(*syntax.Table)
		return table, ok
	}
	return nil, false
}
