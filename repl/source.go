package repl

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// source shows the source of a Lua function.
func (p *Prompt) source(name string, value runtime.Value) error {
	if value.Kind() == runtime.FunctionValue {
		if text, ok := p.functions[value.Identity()]; ok {
			if p.Color {
				text = p.Highlighter().Highlight(text)
			}
			return p.show(text + "\n")
		}
	}
	if text, ok := p.reference(name); ok {
		return p.show(text + "  source: none in Lua; it is built in\n")
	}
	if value.Kind() == runtime.FunctionValue {
		return p.refuse("%s was not defined at the prompt, so its source is not known", name)
	}
	return p.refuse("there is no function %q", name)
}

// learn remembers the sources of the functions that a piece of Lua has given
// names to.
func (p *Prompt) learn(source string) {
	for _, d := range definitions(source) {
		if v := p.peek(d.name); v.Kind() == runtime.FunctionValue {
			p.functions[v.Identity()] = d.source
		}
	}
}

// A definition is a function with a name: "tidy", "rules.check".
type definition struct{ name, source string }

// definitions are the functions that a source defines outside any block.
func definitions(source string) []definition {
	tokens := code(source)
	var out []definition
	depth := 0
	for i, t := range tokens {
		if t.kind == keywordToken && t.text == "function" && depth == 0 {
			name, first := definedName(tokens, i)
			if last := blockEnd(tokens, i); name != "" && last > i {
				out = append(out, definition{name, source[tokens[first].at:tokens[last].end()]})
			}
		}
		depth += nesting(t)
	}
	return out
}

// definedName is the name that the function at i gets, and the token at which
// its definition begins.
func definedName(tokens []token, i int) (string, int) {
	first := i
	if i+1 < len(tokens) && tokens[i+1].kind == nameToken { // function name(
		if i > 0 && tokens[i-1].text == "local" {
			first--
		}
		return path(tokens[i+1:]), first
	}
	if i < 2 || !tokens[i-1].is("=") { // name = function(
		return "", 0
	}
	first = i - 2
	for first > 1 && (tokens[first-1].is(".") || tokens[first-1].is(":")) && tokens[first-2].kind == nameToken {
		first -= 2
	}
	name := path(tokens[first:])
	if first > 0 && tokens[first-1].text == "local" {
		first--
	}
	return name, first
}

// path is the dotted name that tokens begin with; a method counts as a field.
func path(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i%2 == 0 && t.kind != nameToken || i%2 == 1 && !t.is(".") && !t.is(":") {
			break
		}
		b.WriteString(t.text)
	}
	return strings.TrimSuffix(strings.ReplaceAll(b.String(), ":", "."), ".")
}

// blockEnd is the token that ends the block that begins at i, 0 if none does.
func blockEnd(tokens []token, i int) int {
	depth := 0
	for j := i; j < len(tokens); j++ {
		if depth += nesting(tokens[j]); depth == 0 {
			return j
		}
	}
	return 0
}

// nesting is 1 for a token that begins a block, -1 for one that ends it.
func nesting(t token) int {
	if t.kind != keywordToken {
		return 0
	}
	switch t.text {
	case "function", "do", "if", "repeat": // for and while have a do
		return 1
	case "end", "until":
		return -1
	}
	return 0
}
