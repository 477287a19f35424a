package header

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// otherNames are what other languages and tools call the types.
var otherNames = map[string]Type{"int": Integer, "float": Number, "bool": Boolean, "str": String, "text": String, "array": List}

// setType reads the type; text is the line from it on, rest what follows it.
func (p *Param) setType(typ, text, rest string) *mistake {
	name, optional := strings.CutSuffix(typ, "?")
	switch {
	case strings.HasPrefix(rest, "|"), strings.HasSuffix(typ, "|"):
		return &mistake{"the values of a choice are written without blanks", "such as dfw|ord", text}
	case strings.Contains(typ, "|"):
		return p.setValues(typ, text)
	case slices.Contains(types, Type(typ)):
		p.Type = Type(typ)
		return nil
	case optional && slices.Contains(types, Type(name)):
		return &mistake{fmt.Sprintf("there is no type %q", typ), fmt.Sprintf("for a parameter that may be left out write @param %s? %s", p.Name, name), text}
	}
	m := &mistake{fmt.Sprintf("there is no type %q", typ), "the types are " + strings.Join(typeNames(), ", ") + ", and VALUE|VALUE", text}
	if near := nearest.Name(typ, typeNames()); near != "" {
		m.hint = "did you mean " + near + "?"
	}
	if other, ok := otherNames[strings.ToLower(typ)]; ok {
		m.hint = "it is called " + string(other)
	}
	return m
}

func typeNames() []string {
	var names []string
	for _, t := range types {
		names = append(names, string(t))
	}
	return names
}

// setValues reads the values of an Enum, with which text begins. Which of them is meant
// is looked for in any case.
func (p *Param) setValues(typ, text string) *mistake {
	p.Type, p.Values = Enum, strings.Split(typ, "|")
	for i, value := range p.Values {
		switch {
		case value == "":
			return &mistake{fmt.Sprintf("%q has an empty value", typ), "write the values with | between them, such as dfw|ord", text}
		case value == "nil":
			return &mistake{fmt.Sprintf("%q is a choice between words, of which one is nil", typ), fmt.Sprintf("for a parameter that may be left out write @param %s? TYPE", p.Name), text}
		case slices.ContainsFunc(p.Values[:i], func(v string) bool { return strings.EqualFold(v, value) }):
			return &mistake{fmt.Sprintf("%q has the value %q twice", typ, value), "values are told apart whatever their case", text}
		}
		text = strings.TrimPrefix(text[len(value):], "|")
	}
	return nil
}
