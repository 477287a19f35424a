package bindings

import "strings"

// A namedCall is a call of a verb in Lua with all that it requires, by name.
type namedCall struct {
	verb   string
	names  []string          // of all parameters, in order
	values map[string]string // Lua, of those that are required
}

func (c *namedCall) add(name string, required bool, value string) {
	if c.values == nil {
		c.values = map[string]string{}
	}
	c.names = append(c.names, name)
	if required {
		c.values[name] = value
	}
}

// with is the call with another value for one parameter, without it if the value is "".
// The parameter may be one that there is not.
func (c *namedCall) with(name, value string) string {
	var parts []string
	known := false
	for _, n := range c.names {
		text := c.values[n]
		if n == name {
			text, known = value, true
		}
		if text != "" {
			parts = append(parts, n+" = "+text)
		}
	}
	if !known {
		parts = append(parts, name+" = "+value)
	}
	return c.verb + "{" + strings.Join(parts, ", ") + "}"
}
