package repl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// A question is an entry such as "servers.create?", "?servers", "?" or
// "tidy??", which asks for the source.
type question struct {
	name   string
	source bool
}

// A question mark is no part of Lua outside texts and comments.
var asked = lazyregexp.New(`^(?:(\?\??)\s*([A-Za-z_](?:[\w.:]|\[\d+\])*)?|([A-Za-z_](?:[\w.:]|\[\d+\])*)\s*(\?\??))$`)

func asQuestion(entry string) (question, bool) {
	m := asked.FindStringSubmatch(strings.TrimSpace(entry))
	if m == nil {
		return question{}, false
	}
	return question{name: m[2] + m[3], source: m[1]+m[4] == "??"}, true
}

func (p *Prompt) answer(q question) error {
	value := p.peek(q.name)
	if q.source {
		return p.source(q.name, value)
	}
	if text, ok := p.reference(q.name); ok {
		return p.show(text)
	}
	switch {
	case value.Kind() == runtime.FunctionValue:
		return p.show(q.name + " is a Lua function; " + q.name + "?? shows its source\n")
	case p.fieldOf(q.name) != nil:
		d := describing(p.width())
		d.rows([][2]string{{q.name, fieldText(*p.fieldOf(q.name))}}, "")
		return p.show(d.String())
	case value.Kind() != runtime.NilValue:
		return p.show(fmt.Sprintf("%s is a %s\n", q.name, value.Kind()))
	}
	return p.refuse("there is no help on %q; %s", q.name, cmp.Or(Instead(p.place.Runtime, q.name), "? alone lists what there is"))
}

// Instead is what was meant by a name that the reference does not know, or what there
// is instead of it; "" if nothing is near.
func Instead(rt *runtime.Runtime, name string) string {
	if instead := rt.Absent(name); instead != "" {
		return instead
	}
	if near := nearest.Name(name, slices.Concat(DeclaredNames(rt), rt.Library())); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// fieldOf is the declaration of the field that a path such as web.status names, nil if
// there is none.
func (p *Prompt) fieldOf(path string) *runtime.Field {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 {
		return nil
	}
	if o := p.place.Runtime.Object(p.peek(path[:dot]).Type()); o != nil {
		for i := range o.Fields {
			if o.Fields[i].Name == path[dot+1:] {
				return &o.Fields[i]
			}
		}
	}
	return nil
}

// reference is what the declarations say of a name, or of the kind of object
// that the variable of this name holds.
func (p *Prompt) reference(name string) (string, bool) {
	text, ok := Describe(p.place.Runtime, name, p.width())
	if owner, method, colon := strings.Cut(name, ":"); !ok && colon {
		text, ok = Describe(p.place.Runtime, p.peek(owner).Type()+":"+method, p.width())
	} else if kind := p.peek(name).Type(); !ok && kind != "" {
		text, ok = Describe(p.place.Runtime, kind, p.width())
	}
	if ok && p.Color {
		text = p.colourExamples(text)
	}
	return text, ok
}

// colourExamples colours the code in a reference, which stands behind a line
// "example:" and further to the right.
func (p *Prompt) colourExamples(text string) string {
	lines := strings.Split(text, "\n")
	example := false
	for i, line := range lines {
		if example && strings.HasPrefix(line, "    ") {
			lines[i] = p.Highlighter().Highlight(line)
			continue
		}
		example = line == "  example:"
	}
	return strings.Join(lines, "\n")
}

// Highlighter colours what the prompt's place declares.
func (p *Prompt) Highlighter() Highlighter {
	return Highlighter{Declared: func(name string) bool {
		if p.place == nil {
			return false
		}
		if p.place.Runtime.Verb(name) != nil {
			return true
		}
		for _, m := range p.place.Runtime.Modules() {
			if m.Name == name {
				return true
			}
		}
		return false
	}}
}

// DeclaredNames are all names that the reference knows, except methods.
func DeclaredNames(rt *runtime.Runtime) []string {
	var names []string
	for _, m := range rt.Modules() {
		if m.Name != "" {
			names = append(names, m.Name)
		}
	}
	for _, o := range rt.Objects() {
		names = append(names, o.Name)
	}
	for _, v := range rt.Verbs() {
		names = append(names, v.Name)
	}
	return names
}
