package repl

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/runtime"
)

// An argument list is the innermost one that is open at the cursor.
type argumentList struct {
	callee string // "servers.create", "s:reboot"
	named  bool   // in braces
	commas int
	key    string   // of the value at the cursor: "name" behind name=
	given  []string // the names that have values
	behind bool     // named, behind arguments that have no names
	blocks int      // that are open in it: of a function that it is given
	fresh  bool     // nothing of this argument has been typed but its name
	typed  string   // of this argument
}

// openList finds it in the tokens before the cursor.
func openList(tokens []token) (argumentList, bool) {
	lists := openLists(tokens)
	if len(lists) == 0 || lists[len(lists)-1].callee == "" {
		return argumentList{}, false
	}
	return lists[len(lists)-1], true
}

// openLists are all the brackets that are open, the innermost last. Those that are
// no argument list have no callee.
func openLists(tokens []token) (stack []argumentList) {
	for i, t := range tokens {
		top := len(stack) - 1
		switch {
		case t.is("("), t.is("{"), t.is("["):
			list := argumentList{callee: calleeBefore(tokens[:i]), named: t.is("{"), fresh: true}
			if list.named && list.callee == "" && i > 0 && tokens[i-1].is("(") && top >= 0 {
				list.callee = stack[top].callee // f({
			}
			if list.named && list.callee == "" && i > 0 && tokens[i-1].is(",") && top >= 0 && !stack[top].named {
				list.callee, list.behind = stack[top].callee, true // f(x, {
			}
			if t.is("[") {
				list.callee = ""
			}
			if top >= 0 {
				stack[top].fresh = false
				stack[top].typed += t.text
			}
			stack = append(stack, list)
		case top < 0:
		case t.is(")"), t.is("}"), t.is("]"):
			stack = stack[:top]
		case t.is(","), t.is(";"):
			stack[top].commas++
			stack[top].key, stack[top].fresh, stack[top].typed = "", true, ""
		case t.is("=") && stack[top].named && i > 0 && tokens[i-1].kind == nameToken:
			stack[top].key, stack[top].fresh, stack[top].typed = tokens[i-1].text, true, ""
			stack[top].given = append(stack[top].given, tokens[i-1].text)
		default:
			stack[top].fresh = false
			stack[top].typed += t.text
			stack[top].blocks += nesting(t)
		}
	}
	return stack
}

// calleeBefore is what is called by a bracket behind these tokens, "" if nothing
// is.
func calleeBefore(tokens []token) string {
	n := len(tokens)
	if n > 2 && tokens[n-1].kind == nameToken && tokens[n-2].is(":") {
		owner, _ := pathBefore(tokens[:n-2])
		return owner + ":" + tokens[n-1].text
	}
	name, first := pathBefore(tokens)
	if first > 0 && tokens[first-1].text == "function" {
		return "" // its parameters
	}
	return name
}

// called is the verb that a callee names, and its parameters from the first one
// in the list.
func (p *Prompt) called(callee string) (*runtime.Verb, []runtime.Param) {
	owner, method, colon := strings.Cut(callee, ":")
	if !colon {
		if v := p.place.Runtime.Verb(callee); v != nil {
			return v, v.Params
		}
		return nil, nil
	}
	kind := p.peek(owner).Type()
	for _, object := range p.place.Runtime.Objects() {
		if kind != "" && object.Name != kind {
			continue
		}
		for _, v := range p.place.Runtime.Methods(object.Name) {
			if v.Function() == method {
				return v, v.Params[1:]
			}
		}
	}
	return nil, nil
}

// arguments are what may stand at the cursor because a verb takes it: names of
// parameters, and values of the parameter.
func (p *Prompt) arguments(before []token) []string {
	list, ok := openList(before)
	if !ok || !list.fresh {
		return nil
	}
	verb, params := p.called(list.callee)
	if verb == nil {
		return nil
	}
	if param := list.param(params); param != nil {
		return p.values(verb, *param, func(text string) string { return quoted(text, '"') })
	}
	var names []string
	if list.named && list.key == "" {
		for _, param := range params {
			if !slices.Contains(list.given, param.Name) && (param.Named || !list.behind) {
				names = append(names, param.Name+" = ")
			}
		}
	}
	return names
}

// param is the parameter whose value is at the cursor, nil if it is not known.
func (l argumentList) param(params []runtime.Param) *runtime.Param {
	for i := range params {
		if l.key == params[i].Name || !l.named && l.commas == i && !params[i].Named {
			return &params[i]
		}
	}
	return nil
}

// values are what a parameter may be given: what its declaration allows, or the
// resources that answers have named.
func (p *Prompt) values(v *runtime.Verb, param runtime.Param, quote func(string) string) []string {
	var out []string
	for _, text := range param.Enum {
		out = append(out, quote(text))
	}
	if param.Type == runtime.Boolean {
		out = append(out, "false", "true")
	}
	if param.Secret || len(out) > 0 {
		return out
	}
	for _, r := range p.watch.known(p.kindOf(v, param)) {
		if param.ByName && r.name != "" {
			out = append(out, quote(r.name))
		}
		switch {
		case param.Type == runtime.ID && isNumber(r.id):
			out = append(out, r.id)
		case param.Type == runtime.ID:
			out = append(out, quote(r.id))
		case param.Type == runtime.String && param.Name == "name" && v.Effect != runtime.Create && r.name != "":
			out = append(out, quote(r.name))
		}
	}
	return sorted(out)
}

// kindOf is the kind of object that a parameter means: the one that it is named
// after, or the one that the verb is about.
func (p *Prompt) kindOf(v *runtime.Verb, param runtime.Param) string {
	for _, suffix := range []string{"", "_id", "Id"} {
		if name, ok := strings.CutSuffix(param.Name, suffix); ok && p.place.Runtime.Object(name) != nil {
			return name
		}
	}
	if v.Method != "" && len(v.Params) > 0 && v.Params[0].Name == param.Name {
		return v.Method
	}
	if param.Name == "id" || param.Name == "name" {
		return strings.TrimPrefix(v.Returns, "list of ")
	}
	return ""
}

func isNumber(id string) bool { return strings.Trim(id, "0123456789") == "" && len(id) < 16 }

// completeText completes inside quotes: the values of the parameter.
func (p *Prompt) completeText(tokens []token) ([]string, int) {
	text := tokens[len(tokens)-1].text
	if text[0] == '[' {
		return nil, 0
	}
	before := tokens[:len(tokens)-1]
	list, ok := openList(before)
	if callee := calleeBefore(before); callee != "" { // f"text"
		list, ok = argumentList{callee: callee, fresh: true}, true
	}
	if !ok || !list.fresh {
		return nil, 0
	}
	verb, params := p.called(list.callee)
	if verb == nil {
		return nil, 0
	}
	param := list.param(params)
	if param == nil {
		return nil, 0
	}
	typed := text[1:]
	var out []string
	for _, candidate := range p.texts(verb, *param, text[0]) {
		if len(candidate) >= len(typed) && strings.EqualFold(candidate[:len(typed)], typed) {
			out = append(out, candidate+text[:1])
		}
	}
	return out, len([]rune(typed))
}

// texts are the values of a parameter as they stand inside quotes.
func (p *Prompt) texts(v *runtime.Verb, param runtime.Param, quote byte) []string {
	if param.Type == runtime.Boolean {
		return nil
	}
	return p.values(v, param, func(text string) string {
		text = quoted(text, quote)
		return text[1 : len(text)-1]
	})
}

// quoted is a text as Lua reads it. What a terminal would not show as it is, such as
// control characters, is escaped.
func quoted(text string, quote byte) string {
	var b strings.Builder
	b.WriteByte(quote)
	for i, r := range text {
		switch {
		case r == rune(quote), r == '\\':
			b.WriteString(`\` + string(r))
		case r == utf8.RuneError, displaces(r):
			_, size := utf8.DecodeRuneInString(text[i:])
			for _, c := range []byte(text[i : i+size]) {
				fmt.Fprintf(&b, `\%03d`, c)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(quote)
	return b.String()
}
