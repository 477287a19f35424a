package luacatstest

import (
	"regexp"
	"slices"
	"strings"
)

// A parser reads the rest of a line. It goes on after a problem as well as it can.
type parser struct {
	c    *checker
	rest string
}

var (
	namePattern   = regexp.MustCompile(`^[A-Za-z_][\w.*-]*`)
	stringPattern = regexp.MustCompile(`^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`)
	numberPattern = regexp.MustCompile(`^-?\d+`)
)

// sign takes a sign if it comes next.
func (p *parser) sign(sign string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(p.rest, " \t"), sign)
	if ok {
		p.rest = rest
	}
	return ok
}

func (p *parser) expect(sign string) {
	if !p.sign(sign) {
		p.c.fail("%q is missing before %q", sign, p.rest)
		p.rest = ""
	}
}

func (p *parser) match(pattern *regexp.Regexp) string {
	p.rest = strings.TrimLeft(p.rest, " \t")
	found := pattern.FindString(p.rest)
	p.rest = p.rest[len(found):]
	return found
}

func (p *parser) name(what string) string {
	name := p.match(namePattern)
	if name == "" {
		p.c.fail("%s is missing before %q", what, p.rest)
		p.rest = ""
	}
	return name
}

func (p *parser) list(item func()) {
	for item(); p.sign(","); {
		item()
	}
}

// optional takes a question mark, which must not stand apart.
func (p *parser) optional() {
	p.rest, _ = strings.CutPrefix(p.rest, "?")
}

// end is the end of an annotation that takes no description.
func (p *parser) end() {
	if strings.TrimSpace(p.rest) != "" {
		p.c.fail("%q is too much", strings.TrimSpace(p.rest))
	}
}

// description is the text behind a type. The server reads signs across spaces, so
// a text that begins with one that continues a type is taken for more of it.
func (p *parser) description() {
	text := strings.TrimSpace(p.rest)
	if text != "" && p.rest[0] != ' ' {
		p.c.fail("no space before %q", text)
	}
	if text != "" && strings.ContainsRune("|?<[,", rune(text[0])) {
		p.c.fail("the text %q continues the type before it", text)
	}
}

// union is types with | between them, with ? behind the last.
func (p *parser) union() {
	for p.unit(); p.sign("|"); {
		p.unit()
	}
	p.optional()
}

// unit is one type, and how many lists it is in.
func (p *parser) unit() {
	switch {
	case p.sign("("):
		p.union()
		p.expect(")")
	case p.sign("{"):
		p.table()
	case strings.HasPrefix(strings.TrimLeft(p.rest, " "), "fun("):
		p.name("fun")
		p.function()
	case p.match(stringPattern) != "" || p.match(numberPattern) != "":
	default:
		p.named()
	}
	for strings.HasPrefix(p.rest, "[]") {
		p.rest = p.rest[2:]
	}
}

// named is a type by its name, with its parameters.
func (p *parser) named() {
	name := p.name("a type")
	if name != "" && !slices.Contains(p.c.block.generics, name) && p.c.used[name] == "" {
		p.c.used[name] = p.c.at
	}
	if strings.HasPrefix(p.rest, "<") {
		p.expect("<")
		p.list(p.union)
		p.expect(">")
	}
}

// table is { name: type, … } behind its bracket.
func (p *parser) table() {
	if p.sign("}") {
		return
	}
	p.list(func() {
		if p.sign("[") {
			p.union()
			p.expect("]")
		} else {
			p.name("a field")
		}
		p.optional()
		p.expect(":")
		p.union()
	})
	p.expect("}")
}

// function is (name: type, …): type behind its fun.
func (p *parser) function() {
	p.expect("(")
	if !p.sign(")") {
		p.list(func() {
			if !p.sign("...") {
				p.name("a parameter")
			}
			p.optional()
			if p.sign(":") {
				p.union()
			}
		})
		p.expect(")")
	}
	if p.sign(":") {
		p.list(p.union)
	}
}
