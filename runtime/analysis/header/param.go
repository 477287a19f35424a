package header

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A Type is what a parameter takes.
type Type string

const (
	String   Type = "string"
	Integer  Type = "integer"  // a whole number
	Number   Type = "number"   // any number
	Boolean  Type = "boolean"  // false if it is not given
	Duration Type = "duration" // "90s", "10m", "1h30m", or seconds; the script gets seconds
	List     Type = "list"     // texts, separated by commas; the script gets a sequence
	Enum     Type = "enum"     // one of Param.Values, written VALUE|VALUE
)

var types = []Type{String, Integer, Number, Boolean, Duration, List}

// A Param is one declared parameter.
type Param struct {
	Name     string
	Type     Type
	Values   []string // of an Enum
	Doc      string
	Required bool
	Default  any // in the form that Value returns; nil if there is none

	Line, Column int // where its name is declared
}

// Form is the type as people read it: "integer", "dfw|ord".
func (p *Param) Form() string {
	if p.Type == Enum {
		return strings.Join(p.Values, "|")
	}
	return string(p.Type)
}

// DefaultText is the default as it would be given; "" if there is none.
func (p *Param) DefaultText() string {
	switch d := p.Default.(type) {
	case float64:
		if p.Type == Duration {
			return durationText(d)
		}
		return strconv.FormatFloat(d, 'f', -1, 64)
	case nil:
		return ""
	case []string:
		return strings.Join(d, ",")
	default:
		return fmt.Sprint(d)
	}
}

// durationText writes 10m where Go writes 10m0s.
func durationText(seconds float64) string {
	text := time.Duration(seconds * float64(time.Second)).String()
	if short, ok := strings.CutSuffix(text, "m0s"); ok {
		text = short + "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		text = short + "h"
	}
	return text
}

const howTo = `write @param NAME TYPE "what it is" = DEFAULT; the last two may be left out`

// quoted is a text in quotes at the beginning of what follows the type.
var quoted = lazyregexp.New(`^"(?:[^"\\]|\\.)*"`)

// parseParam reads what follows @param: NAME[?] TYPE ["DOC"] [= DEFAULT].
func parseParam(text string) (*Param, *mistake) {
	name, typed := cutWord(text, " \t")
	typ, rest := cutWord(typed, " \t\"=")
	if typ == "" {
		return nil, &mistake{"this is not a declaration of a parameter", howTo, typed}
	}
	name, optional := strings.CutSuffix(name, "?")
	if message, hint := wrongName(name); message != "" {
		return nil, &mistake{message, hint, text}
	}
	p := &Param{Name: name}
	if m := p.setType(typ, typed, rest); m != nil {
		return nil, m
	}
	if text := quoted.FindString(rest); text != "" {
		doc, err := strconv.Unquote(text)
		if err != nil {
			return nil, &mistake{"the text in quotes is not closed properly", howTo, rest}
		}
		p.Doc, rest = doc, strings.TrimSpace(rest[len(text):])
	}
	given, ok := strings.CutPrefix(rest, "=")
	if rest != "" && !ok {
		return nil, p.unreadable(typ, rest)
	}
	if given = strings.TrimSpace(given); given == "" {
		p.Required = !optional && p.Type != Boolean
		if p.Type == Boolean {
			p.Default = false
		}
		return p, nil
	}
	return p, p.setDefault(given)
}

// cutWord takes a word off the beginning of a text that begins with no blank; it
// ends before any of the characters of ends.
func cutWord(text, ends string) (word, rest string) {
	if i := strings.IndexAny(text, ends); i >= 0 {
		return text[:i], strings.TrimSpace(text[i:])
	}
	return text, ""
}

var isName = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*$`)

// reserved are the words that cannot stand behind params and a dot.
var reserved = strings.Fields(`and break do else elseif end false for function if in local nil not or repeat return then true until while`)

// wrongName is what is wrong with a name, and what to do; "" if nothing is.
func wrongName(name string) (message, hint string) {
	switch underscored := strings.ReplaceAll(name, "-", "_"); {
	case slices.Contains(reserved, name):
		return fmt.Sprintf("%q is a word of Lua, so no script can say params.%s", name, name), "choose another name"
	case isName.MatchString(name):
		return "", ""
	case isName.MatchString(underscored):
		return fmt.Sprintf("%q is not a name", name), fmt.Sprintf("write %s; on the command line --%s does", underscored, name)
	case strings.HasSuffix(name, ":"):
		return fmt.Sprintf("%q is not a name", name), "write it without the colon: " + strings.TrimSuffix(name, ":")
	}
	return fmt.Sprintf("%q is not a name", name), "a name has letters, digits and _, and does not begin with a digit"
}

// unreadable is what is wrong with what follows the type, or the text in quotes.
func (p *Param) unreadable(typ, rest string) *mistake {
	switch {
	case p.Doc != "":
		return &mistake{fmt.Sprintf("%q follows the text in quotes", rest), "behind it may stand = DEFAULT; quotes inside it are written \\\"", rest}
	case strings.HasPrefix(rest, `"`):
		return &mistake{"the text in quotes is not closed properly", howTo, rest}
	}
	return &mistake{"what the parameter is has to stand in quotes", fmt.Sprintf("write @param %s %s %q", p.Name, typ, strings.Trim(rest, "'")), rest}
}

// setDefault reads what follows the sign =.
func (p *Param) setDefault(text string) *mistake {
	given := text
	if unquoted, err := strconv.Unquote(text); err == nil {
		given = unquoted
	} else if before, doc, ok := strings.Cut(text, ` "`); ok && strings.HasSuffix(text, `"`) {
		return &mistake{"the text in quotes stands behind the default", "write it before = " + before, `"` + doc}
	}
	value, err := p.Value(given)
	if err != nil {
		return &mistake{fmt.Sprintf("the default of %q: %v", p.Name, err), "give a default that the parameter takes", text}
	}
	p.Default = value
	return nil
}
