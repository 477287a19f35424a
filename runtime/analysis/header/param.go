package header

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/nearest"
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
	Line     int // where it is declared
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

type mistake struct{ message, hint string }

// shape is NAME[?] TYPE ["DOC"] [= DEFAULT].
var shape = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)(\?)?\s+([^\s"=]+)(?:\s+("(?:[^"\\]|\\.)*"))?(?:\s*=\s*(.*))?$`)

const howTo = `write @param NAME TYPE "what it is" = DEFAULT; the last two may be left out`

// parseParam reads what follows @param.
func parseParam(text string) (*Param, *mistake) {
	m := shape.FindStringSubmatch(text)
	if m == nil {
		return nil, &mistake{"this is not a declaration of a parameter", howTo}
	}
	p := &Param{Name: m[1], Type: Type(m[3])}
	if strings.Contains(m[3], "|") {
		p.Type, p.Values = Enum, strings.Split(m[3], "|")
		if slices.Contains(p.Values, "") {
			return nil, &mistake{fmt.Sprintf("%q has an empty value", m[3]), "write the values with | between them, such as dfw|ord"}
		}
	} else if !slices.Contains(types, p.Type) {
		return nil, unknownType(m[3])
	}
	if m[4] != "" {
		doc, err := strconv.Unquote(m[4])
		if err != nil {
			return nil, &mistake{"the text in quotes is not closed properly", howTo}
		}
		p.Doc = doc
	}
	given := strings.TrimSpace(m[5])
	if unquoted, err := strconv.Unquote(given); err == nil {
		given = unquoted
	} else if given == "" {
		p.Required = m[2] == "" && p.Type != Boolean
		if p.Type == Boolean {
			p.Default = false
		}
		return p, nil
	}
	value, err := p.Value(given)
	if err != nil {
		return nil, &mistake{fmt.Sprintf("the default of %q: %v", p.Name, err), "give a default that the parameter takes"}
	}
	p.Default = value
	return p, nil
}

func unknownType(name string) *mistake {
	var names []string
	for _, t := range types {
		names = append(names, string(t))
	}
	m := &mistake{fmt.Sprintf("there is no type %q", name), "the types are " + strings.Join(names, ", ") + ", and VALUE|VALUE"}
	if near := nearest.Name(name, names); near != "" {
		m.hint = "did you mean " + near + "?"
	}
	return m
}
