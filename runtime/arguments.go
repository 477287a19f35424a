package runtime

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// bind takes the call's arguments from the Lua stack.
func (c *Call) bind() *Error {
	v, L := c.bound, c.thread
	n := L.GetTop()
	if n > 0 && v.module != nil && L.Get(1) == v.module {
		return c.withColon()
	}
	var named *lua.LTable
	var record *vm.Record
	if n > 0 {
		if record = c.record(n); record != nil {
			n--
		} else if t, ok := L.Get(n).(*lua.LTable); ok && c.task.run.isNamed(v, t, n) {
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
	switch {
	case record != nil:
		if err := c.bindRecord(record); err != nil {
			return err
		}
	case named != nil:
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
		if err := c.setNamed(string(name), lv); err != nil {
			return err
		}
	}
	return nil
}

// record is the last argument, number n, if it is a record that holds parameters
// by name. Where a parameter takes tables, it becomes the table that it stands for.
func (c *Call) record(n int) *vm.Record {
	r := vm.RecordAt(c.thread, n)
	if r == nil {
		return nil
	}
	if positional := c.bound.positional; n <= len(positional) && c.bound.Params[positional[n-1]].Type.takesTables() {
		c.thread.Replace(n, r.Table())
		return nil
	}
	return r
}

func (c *Call) bindRecord(r *vm.Record) *Error {
	for i := range r.Len() {
		name, lv := r.Field(i)
		if lv == lua.LNil {
			continue
		}
		if err := c.setNamed(name, lv); err != nil {
			return err
		}
	}
	r.Release()
	return nil
}

func (c *Call) setNamed(name string, lv lua.LValue) *Error {
	i := c.bound.index(name)
	if i < 0 {
		return c.unknownParameter(name)
	}
	if c.args[i] != nil {
		return c.usage("parameter %q is given twice, by position and by name", name)
	}
	return c.set(i, lv)
}

func (c *Call) unknownParameter(name string) *Error {
	e := c.usage("unknown parameter %s", quoted(name))
	if near := nearest.Name(name, c.bound.names); near != "" {
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
// parameter at its position takes tables. If that one is optional, a table whose
// keys are all parameters that are still to come is taken as names.
func (r *run) isNamed(v *boundVerb, t *lua.LTable, n int) bool {
	if n > len(v.positional) {
		return true
	}
	p := &v.Params[v.positional[n-1]]
	switch p.Type {
	case Any, Handle:
		return false
	case Table, List, Strings:
		return !p.Required && v.holdsParams(t, n)
	}
	return r.objectOf(t) == nil
}

// holdsParams reports whether the table has keys, and all of them are parameters
// that positions before n have not given.
func (v *boundVerb) holdsParams(t *lua.LTable, n int) bool {
	if t.Metatable != lua.LNil {
		return false
	}
	some := false
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		name, ok := key.(lua.LString)
		if !ok {
			return false
		}
		i := v.index(string(name))
		if i < 0 || slices.Contains(v.positional[:n-1], i) {
			return false
		}
		some = true
	}
	return some
}

func (c *Call) usage(format string, args ...any) *Error { return Errorf(Usage, format, args...) }

// withColon is what is wrong with t:equal(1, 2), whose first argument is t.
func (c *Call) withColon() *Error {
	module, function := c.Verb.Module(), c.Verb.Function()
	e := c.usage("%s is a module, so its functions are called with a dot", module)
	e.Hint = fmt.Sprintf("write %s.%s(…), not %s:%s(…)", module, function, module, function)
	return e
}

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
