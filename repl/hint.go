package repl

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/runtime"
)

// Hint says, in so many columns, what the function takes whose arguments are being
// typed: its signature, and what is known of the argument at the cursor. It is ""
// elsewhere.
func (p *Prompt) Hint(before string, width int) (line string) {
	if p.place == nil || strings.HasPrefix(before, ":") || strings.HasPrefix(before, "?") {
		return ""
	}
	if tokens := lex(before); len(tokens) == 0 || tokens[len(tokens)-1].kind == commentToken {
		return ""
	}
	p.session.Do(func() { line = p.hintOf(openLists(code(before)), width-1) })
	return line
}

// hintOf is the hint for the innermost argument list.
func (p *Prompt) hintOf(lists []argumentList, width int) string {
	for i := len(lists) - 1; i >= 0; i-- {
		switch list := lists[i]; {
		case list.blocks > 0:
			return "" // in the body of a function
		case list.callee == "":
		default:
			signature, param, doc := p.describeCall(list)
			if signature != "" {
				return p.hint(signature, param, doc, width)
			}
		}
	}
	return ""
}

// describeCall is the signature of what a list calls, the parameter that the cursor
// is at, and what is known of it. They are "" where nothing is.
func (p *Prompt) describeCall(list argumentList) (signature, name, doc string) {
	verb, params := p.called(list.callee)
	if verb == nil {
		return p.luaSignature(list)
	}
	signature = verb.Signature()
	if strings.Contains(list.callee, ":") {
		signature = methodSignature(verb.Method, verb)
	}
	if param := list.param(params); param != nil {
		if param.Type == runtime.ID {
			return signature, param.Name, param.Name + p.knownText(p.kindOf(verb, *param), list.typed, paramText(*param))
		}
		return signature, param.Name, param.Name + ": " + paramText(*param)
	}
	return signature, "", ""
}

// namesWidth is how many columns a hint has for the names of resources.
const namesWidth = 50

// knownText is what is known of the resources that an id may mean of which something
// is typed: how many, of when, and their names; else the parameter's description.
func (p *Prompt) knownText(kind, typed, description string) string {
	age := p.watch.age(kind)
	if age == "" {
		return ": " + description
	}
	var names []string
	width := 0
	for _, r := range p.watch.known(kind) {
		if r.name == "" || !strings.HasPrefix(r.id, strings.Trim(typed, `"'`)) {
			continue
		}
		if width > namesWidth {
			names = append(names, "…")
			break
		}
		names = append(names, r.id+" "+printable(r.name))
		width += columns.Of(names[len(names)-1]) + len(", ")
	}
	if len(names) > 0 {
		description = strings.Join(names, ", ")
	}
	return " (" + age + "): " + description
}

// printable is a name without what would move the cursor, or other text.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if displaces(r) {
			return -1
		}
		return r
	}, name)
}

// displaces reports whether a character moves the cursor, or reorders what stands around it.
func displaces(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// luaSignature is that of a function which was defined at the prompt.
func (p *Prompt) luaSignature(list argumentList) (signature, name, doc string) {
	if !valuePath.MatchString(list.callee) {
		return "", "", ""
	}
	value := p.peek(list.callee)
	if value.Kind() != runtime.FunctionValue {
		return "", "", ""
	}
	_, behind, _ := strings.Cut(p.functions[value.Identity()], "(")
	names, _, ok := strings.Cut(behind, ")")
	if !ok {
		return "", "", ""
	}
	params := strings.Split(names, ",")
	if list.commas < len(params) && !list.named {
		name = strings.TrimSpace(params[list.commas])
	}
	return list.callee + "(" + names + ")", name, ""
}

// hint fits a signature and what is known of a parameter into a line. Where there
// is not room for both, the other parameters are left out, and then the signature.
func (p *Prompt) hint(signature, param, doc string, width int) string {
	lines := []string{signature}
	if doc != "" {
		open := strings.IndexAny(signature, "({")
		short := signature[:open+1] + "… " + param + " …" + signature[len(signature)-1:]
		lines = []string{signature + "  " + doc, short + "  " + doc, doc}
	}
	line := columns.Fit(lines[len(lines)-1], width)
	for _, candidate := range lines {
		if columns.Of(candidate) <= width {
			line = candidate
			break
		}
	}
	if !p.Color {
		return line
	}
	return dim + marking(line, param) + noColour
}

const (
	dim  = "\x1b[2m"
	bold = "\x1b[0;1m"
)

// marking is a hint in which the parameter stands out.
func marking(line, param string) string {
	if param == "" {
		return line
	}
	open := strings.IndexAny(line, "({")
	at := regexp.MustCompile(`\b` + regexp.QuoteMeta(param) + `\b`).FindStringIndex(line[open+1:])
	if at == nil {
		return line
	}
	from, to := open+1+at[0], open+1+at[1]
	return line[:from] + bold + line[from:to] + noColour + dim + line[to:]
}
