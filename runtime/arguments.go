package runtime

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// bind takes the call's arguments from the Lua stack.
func (c *Call) bind() *Error {
	v, L := c.bound, c.thread
	n := L.GetTop()
	var named *lua.LTable
	if n > 0 {
		if t, ok := L.Get(n).(*lua.LTable); ok && c.task.run.isNamed(v, t, n) {
			named = t
			n--
		}
	}
	if n > len(v.positional) {
		for n > len(v.positional) && L.Get(n) == lua.LNil {
			n--
		}
		if n > len(v.positional) {
			return c.usage("takes %s, got %d", countArguments(v), n)
		}
	}
	for i := range n {
		lv := L.Get(i + 1)
		if lv == lua.LNil {
			continue
		}
		p := v.positional[i]
		if err := c.set(p, lv); err != nil {
			return err
		}
	}
	if named != nil {
		if err := c.bindNamed(named); err != nil {
			return err
		}
	}
	for i := range v.Params {
		if c.args[i] != nil {
			continue
		}
		if v.Params[i].Required {
			return c.usage("missing parameter %q (%s)", v.Params[i].Name, v.Params[i].Type)
		}
		c.args[i] = v.defaults[i]
	}
	return nil
}

func (c *Call) bindNamed(t *lua.LTable) *Error {
	for key, lv := t.Next(lua.LNil); key != lua.LNil; key, lv = t.Next(key) {
		name, ok := key.(lua.LString)
		if !ok {
			return c.usage("in a table, parameters are given by name; got a value without one (%s)", c.Verb.Signature())
		}
		i := c.bound.index(string(name))
		if i < 0 {
			return c.unknownParameter(string(name))
		}
		if c.args[i] != nil {
			return c.usage("parameter %q is given twice, by position and by name", string(name))
		}
		if err := c.set(i, lv); err != nil {
			return err
		}
	}
	return nil
}

func (c *Call) unknownParameter(name string) *Error {
	e := c.usage("unknown parameter %q", name)
	if near := nearest(name, c.bound.names); near != "" {
		e.Hint = fmt.Sprintf("did you mean %q?", near)
	} else if len(c.bound.names) == 0 {
		e.Hint = "it takes no parameters"
	} else {
		e.Hint = "it takes " + strings.Join(c.bound.names, ", ")
	}
	return e
}

// isNamed decides whether the table at position n, the last argument, holds
// parameters by name. It does unless it is an object of a verb's answer, or the
// parameter at its position takes tables.
func (r *run) isNamed(v *boundVerb, t *lua.LTable, n int) bool {
	if n > len(v.positional) {
		return true
	}
	switch v.Params[v.positional[n-1]].Type {
	case Any, Table, List, Strings, Handle:
		return false
	}
	return r.objectOf(t) == nil
}

func (c *Call) usage(format string, args ...any) *Error { return Errorf(Usage, format, args...) }

func countArguments(v *boundVerb) string {
	switch n := len(v.positional); {
	case len(v.Params) == 0:
		return "no arguments"
	case n == 0:
		return "its parameters by name, in one table"
	case n == 1:
		return "at most 1 argument by position"
	default:
		return fmt.Sprintf("at most %d arguments by position", n)
	}
}

// set converts one argument to the parameter's type.
func (c *Call) set(i int, lv lua.LValue) *Error {
	p := &c.bound.Params[i]
	v, why := c.convert(p, lv)
	if why == "" {
		c.args[i] = v
		return nil
	}
	return c.usage("parameter %q: %s", p.Name, why)
}
