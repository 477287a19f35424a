package repl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A success is an entry that did what it should.
type success struct {
	source string
	values int  // that it printed, or would have without a semicolon
	silent bool // it ended in a semicolon
}

func (p *Prompt) succeeded(source string, silent bool, values int) {
	p.done = append(p.done, success{source: source, silent: silent, values: values})
}

// A part is an entry in a saved script, or a remark that stands for one.
type part struct {
	text    string
	isEntry bool
	loud    string // the text without comments that silence a check, "" if it has none
}

const savedHead = "-- Saved from a session of cloudscript.\n\n"

// script is the session's successful entries as a program for a file that does the same: an
// expression's value is shown, and results that later entries call _ or _3 get
// names. Entries that seem to hold a secret, or that a check would refuse, are left
// out, and comments say so.
func (p *Prompt) script(file string) (script string, entries int, err error) {
	parts := p.acceptable(file, p.parts())
	for _, part := range parts {
		if part.isEntry {
			entries++
		}
	}
	script = joined(parts)
	_, err = runtime.Compile("the saved script", []byte(script))
	return script, entries, err
}

func joined(parts []part) string {
	var b strings.Builder
	b.WriteString(savedHead)
	for _, part := range parts {
		b.WriteString(part.text)
	}
	return b.String()
}

func (p *Prompt) parts() []part {
	named := p.namedResults()
	var parts []part
	result := 0 // how many results there were
	for _, s := range p.done {
		isResult := s.values > 0
		if p.holdsSecret(s.source) {
			parts = append(parts, part{text: "-- (an entry that seems to hold a secret was left out)\n"})
			if isResult {
				result++
			}
			continue
		}
		source := renamed(s.source, result)
		if isResult {
			result++
		}
		before := ""
		if returnsInside(source) {
			name := fmt.Sprintf("entry%d", len(parts)+1)
			before, source = "local function "+name+"()\n"+source+"\nend\n", name+"()"
		}
		parts = append(parts, part{text: before + asStatement(s, source, result, named[result] && isResult), isEntry: true})
	}
	return parts
}

// asStatement writes an entry as a statement. name tells that a later entry uses
// its result, the one with this number.
func asStatement(s success, source string, result int, name bool) string {
	_, notStatement := runtime.Compile("entry", []byte(source))
	if at := returnAt(source); at >= 0 { // which would end the script
		returned := strings.TrimRight(withoutRemark(source[at+len("return"):]), "; ")
		if returned == "" {
			return source[:at] + "\n"
		}
		return source[:at] + asStatement(s, returned, result, name)
	}
	if isExpression(source) && (name || s.values > 0 && !s.silent) {
		source = withoutRemark(source) // it would hide the bracket behind it
	}
	switch {
	case name && isExpression(source):
		text := fmt.Sprintf("local result%d = %s\n", result, source)
		if !s.silent {
			text += fmt.Sprintf("show(result%d)\n", result)
		}
		return text
	case s.values > 1 && !s.silent && isExpression(source):
		return "for _, value in ipairs({" + source + "}) do show(value) end\n"
	case s.values > 0 && !s.silent && isExpression(source):
		return "show(" + source + ")\n"
	case notStatement == nil:
		return source + "\n"
	}
	return remark(source) + "\n" // a value that nobody looked at
}

// remark is a source as a comment.
func remark(source string) string { return "-- " + strings.ReplaceAll(source, "\n", "\n-- ") }

// withoutRemark is a source up to its last piece of code.
func withoutRemark(source string) string {
	tokens := code(source)
	if len(tokens) == 0 {
		return ""
	}
	return strings.TrimSpace(source[:tokens[len(tokens)-1].end()])
}

// returnAt is where the return stands that an entry ends with, -1 if there is none.
func returnAt(source string) int {
	depth, at := 0, -1
	for _, t := range code(source) {
		if depth == 0 && t.kind == keywordToken && t.text == "return" {
			at = t.at
		}
		depth += nesting(t)
	}
	return at
}

// returnsInside reports whether an entry may end by a return in a loop or a branch: as
// a part of a script, that would end the script.
func returnsInside(source string) bool {
	var blocks []string // those that are open, by the keywords that began them
	for _, t := range code(source) {
		switch nesting(t) {
		case 1:
			blocks = append(blocks, t.text)
		case -1:
			blocks = blocks[:max(len(blocks)-1, 0)]
		}
		if t.kind == keywordToken && t.text == "return" && len(blocks) > 0 && !slices.Contains(blocks, "function") {
			return true
		}
	}
	return false
}

// namedResults are the numbers of the results that an entry refers to.
func (p *Prompt) namedResults() map[int]bool {
	named := map[int]bool{}
	results := 0
	for _, s := range p.done {
		for _, reference := range references(s.source) {
			named[results+1-reference.back] = true
		}
		if s.values > 0 {
			results++
		}
	}
	return named
}

// A reference is a name such as _ or _3 in an entry: the value so many results
// back, 1 for the last one.
type reference struct {
	token
	back int
}

// references finds them. Where _ is a variable of the entry's own, as in loops over
// pairs, there are none, and none at all if the entry assigns to it.
func references(source string) []reference {
	tokens, own := code(source), ownNames(lex(source))
	var out []reference
	for i, t := range tokens {
		back := 0
		switch {
		case t.kind != nameToken:
		case t.text == "_":
			back = 1
		case len(t.text) == 2 && t.text[0] == '_' && t.text[1] >= '1' && t.text[1] <= '9':
			back = int(t.text[1] - '0')
		}
		if back == 0 || i > 0 && (tokens[i-1].is(".") || tokens[i-1].is(":")) || isOwn(own, t) {
			continue
		}
		if isAssigned(tokens, i) {
			return nil
		}
		out = append(out, reference{t, back})
	}
	return out
}

// isAssigned reports whether the entry gives the name at i a value.
func isAssigned(tokens []token, i int) bool {
	return i+1 < len(tokens) && tokens[i+1].is("=") && (i == 0 || !tokens[i-1].is("{") && !tokens[i-1].is(","))
}

// renamed is an entry with the references replaced, after so many results.
func renamed(source string, results int) string {
	found := references(source)
	slices.Reverse(found)
	for _, r := range found {
		if n := results + 1 - r.back; n > 0 {
			source = source[:r.at] + fmt.Sprintf("result%d", n) + source[r.end():]
		}
	}
	return source
}
