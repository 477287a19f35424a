package luacatstest

import (
	"slices"
	"strings"
)

// tag reads one annotation, without its @.
func (c *checker) tag(text string) {
	name, rest, _ := strings.Cut(text, " ")
	c.block.tags = append(c.block.tags, name)
	p := &parser{c: c, rest: rest}
	switch name {
	case "meta", "async", "deprecated", "nodiscard":
	case "class":
		p.class()
	case "alias":
		c.define(p.name("a name"))
		p.union()
		p.end()
	case "type":
		p.union()
		p.end()
	case "field":
		p.field()
	case "param":
		c.block.params = append(c.block.params, p.name("a parameter"))
		p.optional()
		p.union()
		p.description()
	case "return":
		p.list(p.union)
		p.description()
	case "generic":
		p.list(func() {
			c.block.generics = append(c.block.generics, p.name("a name"))
			if p.sign(":") {
				p.union()
			}
		})
		p.end()
	case "overload":
		if !strings.HasPrefix(strings.TrimSpace(rest), "fun(") {
			c.fail("@overload is no fun(")
			return
		}
		generics := c.block.generics
		c.block.generics = nil // the server knows none here
		p.union()
		p.end()
		c.block.generics = generics
	default:
		c.fail("@%s is not used here, or no annotation", name)
	}
}

func (c *checker) define(name string) {
	if c.defined[name] != "" {
		c.fail("%s is defined at %s as well", name, c.defined[name])
	}
	c.defined[name] = c.at
}

func (p *parser) class() {
	if p.sign("(") {
		if kind := p.name("exact"); kind != "exact" {
			p.c.fail("a class can be exact, not %s", kind)
		}
		p.expect(")")
	}
	p.c.define(p.name("a name"))
	if p.sign(":") {
		p.list(func() { p.named() })
	}
	p.end()
}

// visibilities may stand before a field's name, so none can be one.
var visibilities = []string{"public", "private", "protected", "package"}

func (p *parser) field() {
	if p.sign("[") {
		p.union()
		p.expect("]")
	} else {
		name := p.name("a field")
		if slices.Contains(visibilities, name) {
			p.c.fail("the server takes the field %s for a visibility", name)
		}
		if slices.Contains(p.c.block.fields, name) {
			p.c.fail("the field %s stands there twice", name)
		}
		p.c.block.fields = append(p.c.block.fields, name)
	}
	p.optional()
	p.union()
	p.description()
}
