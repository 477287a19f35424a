package runtime

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A catalogue is everything that scripts of one Runtime can name, checked and
// merged. It is immutable.
type catalogue struct {
	modules []Module // by name; verbs by name
	verbs   map[string]*boundVerb
	globals []*boundVerb
	inside  map[string]*boundModule
	objects map[string]*boundObject
	names   []string // of all verbs, sorted
	hidden  []string // names of the fields that are never shown, of whatever object type
}

// A boundModule is a module as scripts see it.
type boundModule struct {
	name   string
	verbs  map[string]*boundVerb // by function name
	values map[string]any
	names  []string // what the module holds, sorted
}

// A boundVerb is a verb with everything that a call needs worked out once.
type boundVerb struct {
	*Verb
	positional []int // indexes of the parameters that can be given by position
	defaults   []any // by parameter index, in Go form; nil where there is none
	names      []string
	module     *lua.LTable // the sealed table that scripts find it in, set by newLanguage; nil for a global function
}

func (v *boundVerb) index(param string) int {
	for i := range v.Params {
		if v.Params[i].Name == param {
			return i
		}
	}
	return -1
}

// declare checks the declarations and merges modules of the same name.
func declare(modules []Module) (*catalogue, error) {
	c := &catalogue{verbs: map[string]*boundVerb{}, inside: map[string]*boundModule{}, objects: map[string]*boundObject{}}
	var problems []error
	merged := map[string]*Module{}
	for _, m := range modules {
		target := merged[m.Name]
		if target == nil {
			target = &Module{Name: m.Name, Doc: m.Doc, Values: map[string]any{}}
			merged[m.Name] = target
		}
		if target.Section == "" {
			target.Section = m.Section
		}
		if target.Doc == "" {
			target.Doc = m.Doc
		}
		for name, value := range m.Values {
			if _, ok := target.Values[name]; ok {
				problems = append(problems, fmt.Errorf("module %q: value %q is declared twice", m.Name, name))
			}
			target.Values[name] = value
		}
		target.Objects = append(target.Objects, m.Objects...)
		for i := range m.Verbs {
			if v := &m.Verbs[i]; v.Module() != m.Name {
				problems = append(problems, fmt.Errorf("verb %q stands in module %q", v.Name, m.Name))
			}
		}
		target.Verbs = append(target.Verbs, m.Verbs...)
	}
	for _, m := range merged {
		if m.Name == "" && len(m.Values) > 0 {
			problems = append(problems, errors.New("values outside a module belong into Config.Values"))
		}
		if m.Name != "" && !isName(m.Name) {
			problems = append(problems, fmt.Errorf("module %q: the name must be a Lua name", m.Name))
		}
		sort.SliceStable(m.Verbs, func(i, j int) bool { return m.Verbs[i].Name < m.Verbs[j].Name })
		c.modules = append(c.modules, *m)
	}
	sort.Slice(c.modules, func(i, j int) bool { return c.modules[i].Name < c.modules[j].Name })
	for i := range c.modules {
		problems = append(problems, c.addObjects(&c.modules[i])...)
	}
	for i := range c.modules {
		problems = append(problems, c.addVerbs(&c.modules[i])...)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	sort.Strings(c.names)
	return c, nil
}

func (c *catalogue) addObjects(m *Module) (problems []error) {
	for i := range m.Objects {
		o := &m.Objects[i]
		if o.Name == "" {
			problems = append(problems, fmt.Errorf("module %q: an object type has no name", m.Name))
		} else if c.objects[o.Name] != nil {
			problems = append(problems, fmt.Errorf("object type %q is declared twice", o.Name))
		}
		c.objects[o.Name] = newBoundObject(o)
		for _, f := range o.Fields {
			if f.Secret {
				c.hidden = append(c.hidden, f.Name)
			}
		}
	}
	return problems
}

func (c *catalogue) addVerbs(m *Module) (problems []error) {
	module := &boundModule{name: m.Name, verbs: make(map[string]*boundVerb, len(m.Verbs)), values: m.Values}
	for name := range m.Values {
		module.names = append(module.names, name)
	}
	for i := range m.Verbs {
		v := &m.Verbs[i]
		bound, err := bind(v)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		if c.verbs[v.Name] != nil {
			problems = append(problems, fmt.Errorf("verb %s is declared twice", v.Name))
			continue
		}
		if _, ok := m.Values[v.Function()]; ok {
			problems = append(problems, fmt.Errorf("verb %s: the module has a value of this name", v.Name))
		}
		if v.Method != "" {
			if err := c.addMethod(bound); err != nil {
				problems = append(problems, err)
			}
		}
		c.verbs[v.Name] = bound
		c.names = append(c.names, v.Name)
		module.verbs[v.Function()] = bound
		module.names = append(module.names, v.Function())
		if m.Name == "" {
			c.globals = append(c.globals, bound)
		}
	}
	if m.Name != "" {
		if clash := c.verbs[m.Name]; clash != nil {
			problems = append(problems, fmt.Errorf("verb %s has the name of a module", m.Name))
		}
		c.inside[m.Name] = module
	}
	sort.Strings(module.names)
	return problems
}

func (c *catalogue) addMethod(v *boundVerb) error {
	object := c.objects[v.Method]
	if object == nil {
		return fmt.Errorf("verb %s: method of the object type %q, which no module declares", v.Name, v.Method)
	}
	if len(v.Params) == 0 || v.Params[0].Named || v.Params[0].Type != ID && v.Params[0].Type != Table {
		return fmt.Errorf("verb %s: the first parameter of a method must be an ID or a Table given by position", v.Name)
	}
	if other := object.methods[v.Function()]; other != nil {
		return fmt.Errorf("verb %s: %s is a method of %q already", v.Name, other.Name, v.Method)
	}
	object.methods[v.Function()] = v
	return nil
}

// bind checks one declaration.
func bind(v *Verb) (*boundVerb, error) {
	fail := func(format string, args ...any) (*boundVerb, error) {
		return nil, fmt.Errorf("verb %s: %s", v.Name, fmt.Sprintf(format, args...))
	}
	for _, part := range strings.SplitN(v.Name, ".", 2) {
		if !isName(part) {
			return nil, fmt.Errorf("verb %q: the name must be one or two Lua names joined by a dot, and no word of the language", v.Name)
		}
	}
	if (v.Func == nil) == (v.Inline == nil) {
		return fail("exactly one of Func and Inline must be set")
	}
	if int(v.Effect) >= len(effectNames) {
		return fail("unknown effect %d", v.Effect)
	}
	bound := &boundVerb{Verb: v, defaults: make([]any, len(v.Params))}
	optional := ""
	for i := range v.Params {
		p := &v.Params[i]
		switch {
		case !isName(p.Name):
			return fail("parameter name %q is not a Lua name", p.Name)
		case slices.Contains(bound.names, p.Name):
			return fail("parameter %q is declared twice", p.Name)
		case int(p.Type) >= len(typeNames):
			return fail("parameter %q: unknown type %d", p.Name, p.Type)
		case len(p.Enum) > 0 && p.Type != String:
			return fail("parameter %q: only a String can have an Enum", p.Name)
		case slices.Contains(p.Enum, ""):
			return fail("parameter %q has no name in its Enum", p.Name)
		case p.Required && p.Default != nil:
			return fail("parameter %q is required and has a default", p.Name)
		case p.Required && !p.Named && optional != "":
			return fail("required parameter %q follows the optional %q", p.Name, optional)
		case v.Func != nil && (p.Type == Callback || p.Type == Handle):
			return fail("parameter %q: a %s needs Inline", p.Name, p.Type)
		}
		bound.names = append(bound.names, p.Name)
		if !p.Named {
			bound.positional = append(bound.positional, i)
			if !p.Required {
				optional = p.Name
			}
		}
		if p.Default != nil {
			value, ok := defaultValue(p)
			if !ok {
				return fail("parameter %q: the default %v (%T) is not a %s", p.Name, p.Default, p.Default, p.Type)
			}
			bound.defaults[i] = value
		}
	}
	return bound, nil
}

// defaultValue is the default in the Go form that the accessors return.
func defaultValue(p *Param) (any, bool) {
	switch d := p.Default.(type) {
	case string:
		switch p.Type {
		case Duration:
			value, err := time.ParseDuration(d)
			return value, err == nil
		case String:
			return d, len(p.Enum) == 0 || slices.Contains(p.Enum, d)
		case ID, Any:
			return d, true
		}
	case bool:
		return d, p.Type == Boolean || p.Type == Any
	case time.Duration:
		return d, p.Type == Duration
	case int:
		switch p.Type {
		case Integer:
			return int64(d), true
		case Number, Any:
			return float64(d), true
		case Duration:
			return time.Duration(d) * time.Second, true
		}
	case int64:
		return d, p.Type == Integer
	case float64:
		switch p.Type {
		case Number, Any:
			return d, true
		case Integer:
			return int64(d), d == math.Trunc(d)
		}
	case map[string]any:
		return d, p.Type == Table || p.Type == Any
	case []any:
		return d, p.Type == List || p.Type == Any
	case map[string]string:
		return d, p.Type == Strings
	}
	return nil, false
}

var luaKeywords = []string{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
	"local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"}

// isName reports whether scripts can write s as a name.
func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != "" && !slices.Contains(luaKeywords, s)
}
