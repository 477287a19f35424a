package repl

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// Complete returns what may follow the line up to the cursor, and how many
// characters before the cursor each candidate replaces. It knows the
// declarations, the variables of the session and the resources that its answers
// have named. It calls nothing, and offers no secret.
func (p *Prompt) Complete(line string) (candidates []string, typed int) {
	if p.place == nil {
		return nil, 0
	}
	p.session.Do(func() { candidates, typed = p.complete(line) })
	return candidates, typed
}

func (p *Prompt) complete(line string) (candidates []string, typed int) {
	if p.pending == "" && strings.HasPrefix(line, ":") && !strings.HasPrefix(line, "::") {
		return p.completeCommand(line)
	}
	if p.pending == "" && strings.HasPrefix(line, "?") {
		typed := strings.TrimLeft(line, "? ")
		return p.completeName(typed, nameSpot(code(typed)))
	}
	source := p.pending + line
	tokens := lex(source)
	if len(tokens) == 0 {
		return nil, 0
	}
	last := tokens[len(tokens)-1]
	switch {
	case last.kind == commentToken:
		return nil, 0
	case last.kind == textToken && last.open:
		return p.completeText(code(source))
	case last.kind == numberToken: // of an id
		tokens := code(source)
		return startingWith(p.arguments(tokens[:len(tokens)-1]), last.text), len(last.text)
	}
	return p.completeName(source, nameSpot(code(source)))
}

// A spot is where the cursor is: behind what is typed of a name.
type spot struct {
	typed     string  // of the name
	owner     string  // the path before a dot or colon
	separator string  // ".", ":" or ""
	before    []token // all that stands before the name and its owner
}

// nameSpot splits "x = servers.cr" into "servers", "." and "cr".
func nameSpot(tokens []token) spot {
	var s spot
	n := len(tokens)
	if n > 0 && (tokens[n-1].kind == nameToken || tokens[n-1].kind == keywordToken) {
		s.typed = tokens[n-1].text
		n--
	}
	if n > 0 && (tokens[n-1].is(".") || tokens[n-1].is(":")) {
		s.separator = tokens[n-1].text
		s.owner, n = pathBefore(tokens[:n-1])
	}
	s.before = tokens[:n]
	return s
}

// pathBefore is the path that tokens end with ("x.y[1]"), and where it begins.
// It is "" where something else stands, such as a call.
func pathBefore(tokens []token) (string, int) {
	n := len(tokens)
	for first := n - 1; first >= 0; {
		switch {
		case tokens[first].is("]") && first >= 2 && tokens[first-2].is("["):
			first -= 3
			continue
		case tokens[first].kind != nameToken:
			return "", n
		case first > 0 && tokens[first-1].is("."):
			first -= 2
			continue
		}
		var b strings.Builder
		for _, t := range tokens[first:] {
			b.WriteString(t.text)
		}
		return b.String(), first
	}
	return "", n
}

// completeName completes a name where Lua may have one.
func (p *Prompt) completeName(source string, s spot) ([]string, int) {
	if strings.TrimRight(source, " \t\n") != source {
		s = spot{before: code(source)} // the cursor stands behind a blank
	}
	var found []string
	switch s.separator {
	case ":":
		found = p.methods(s.owner)
	case ".":
		found = p.fields(s.owner)
	default:
		arguments := startingWith(p.arguments(s.before), s.typed)
		if s.typed == "" && len(arguments) > 0 {
			return arguments, 0
		}
		found = append(arguments, startingWith(p.names(), s.typed)...)
		if s.typed == "" && len(code(source)) > 0 {
			return nil, 0 // every name there is would be no help
		}
	}
	return startingWith(found, s.typed), len(s.typed)
}

// names are the modules, the global verbs and the variables.
func (p *Prompt) names() []string {
	var names []string
	for _, v := range p.place.Runtime.Verbs() {
		if v.Module() == "" {
			names = append(names, v.Name+opening(v))
		} else {
			names = append(names, v.Module()+".")
		}
	}
	for _, m := range p.members("_G") {
		if p.isDeclared(m.name) {
			continue
		}
		if m.kind == runtime.FunctionValue {
			m.name += "("
		}
		names = append(names, m.name)
	}
	return sorted(append(names, keywords...))
}

// fields are what may stand behind a dot: verbs of a module, else the fields of
// the value.
func (p *Prompt) fields(owner string) []string {
	var names []string
	for _, v := range p.place.Runtime.Verbs() {
		if v.Module() == owner && owner != "" {
			names = append(names, v.Function()+opening(v))
		}
	}
	secrets := p.secrets()
	if o := p.place.Runtime.Object(p.peek(owner).Type()); o != nil {
		for _, f := range o.Fields {
			names = append(names, f.Name)
		}
	}
	for _, m := range p.members(owner) {
		if m.kind == runtime.FunctionValue {
			if slices.Contains(names, m.name+"{") {
				continue // a verb
			}
			m.name += "("
		}
		names = append(names, m.name)
	}
	return slices.DeleteFunc(sorted(names), func(name string) bool { return slices.Contains(secrets, name) })
}

// methods are what may stand behind a colon: those of the value, or of all
// kinds of objects where the value is not known.
func (p *Prompt) methods(owner string) []string {
	value := p.peek(owner)
	if value.Kind() == runtime.StringValue {
		return p.functionsOf("string")
	}
	kind, names := value.Type(), p.functionsOf(owner)
	if kind == "" && len(names) > 0 {
		return names
	}
	for _, object := range p.place.Runtime.Objects() {
		if kind != "" && object.Name != kind {
			continue
		}
		for _, v := range p.place.Runtime.Methods(object.Name) {
			names = append(names, v.Function()+"(")
		}
	}
	return sorted(names)
}

// functionsOf are those in the table that a path names.
func (p *Prompt) functionsOf(path string) []string {
	var names []string
	for _, m := range p.members(path) {
		if m.kind == runtime.FunctionValue {
			names = append(names, m.name+"(")
		}
	}
	return sorted(names)
}

// opening is how the arguments of a verb begin.
func opening(v *runtime.Verb) string {
	if strings.HasPrefix(v.Signature(), v.Name+"{") {
		return "{"
	}
	return "("
}

func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func startingWith(names []string, prefix string) []string {
	var out []string
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	return out
}
