package runtime

import (
	"strconv"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// toGo makes the Go form of a Lua value: nil, bool, float64, string, []any for a
// sequence, map[string]any for any other table. What has no Go form (functions,
// threads, tables inside themselves) becomes nil.
func (r *run) toGo(v lua.LValue) any {
	out, _ := r.goForm(nil, v)
	return out
}

// goForm is toGo that says which value has no Go form. The work is charged to the
// thread L, if there is one.
func (r *run) goForm(L *lua.LState, v lua.LValue) (any, *noForm) {
	c := r.copier()
	c.L = L
	return c.form(v, nil)
}

// keep stores the Go forms of what a run returned. Making them ends with the run's
// budget; the error is an *Error.
func (r *run) keep(result *Result, values []lua.LValue) error {
	for i, v := range values {
		c := r.copier()
		c.budget = r.budget
		form, bad := c.form(v, nil)
		if c.stopped {
			return r.main.stopError(r.budget.Cause())
		}
		if bad != nil && result.NoForm == nil {
			result.NoForm = bad.in("[" + strconv.Itoa(i+1) + "]").public()
		}
		result.Values = append(result.Values, form)
	}
	return nil
}

// A copier makes Go forms. A few tables inside one another have any number of values,
// so it counts them.
type copier struct {
	in     *interpreter
	most   int64       // how many values it may make
	left   int64       // and how many more
	L      *lua.LState // that is charged; may be nil
	budget *vm.Budget  // whose end ends it; may be nil

	stopped bool // by the budget
}

func (r *run) copier() *copier {
	c := &copier{in: r.in, most: maxCopied}
	if limit := r.limits.Memory / copiedBytes; limit > 0 {
		c.most = min(c.most, limit)
	}
	c.left = c.most
	return c
}

const (
	maxCopied   = 10_000_000
	copiedBytes = 64 // that a value takes in Go, about
	copiedStep  = 1024
)

func (c *copier) form(v lua.LValue, outer []*lua.LTable) (any, *noForm) {
	if c.left--; c.left < 0 {
		c.reserve((c.most + 1) * copiedBytes) // ends the run if that is beyond its memory
		return nil, &noForm{what: "more values than fit"}
	}
	if c.left%copiedStep == 0 {
		if c.L != nil {
			vm.Charge(c.L, copiedStep)
		}
		c.reserve(copiedStep * copiedBytes)
	}
	switch v := v.(type) {
	case *lua.LNilType:
		return nil, nil
	case lua.LBool:
		return bool(v), nil
	case lua.LNumber:
		return float64(v), nil
	case lua.LString:
		return string(v), nil
	case *lua.LTable:
		return c.tableForm(v, outer)
	case *lua.LUserData:
		if luajson.IsNull(v) {
			return nil, nil
		}
		return v.Value, nil
	}
	return nil, &noForm{what: "a " + v.Type().String()}
}

// reserve accounts for memory before it is taken.
func (c *copier) reserve(bytes int64) {
	if c.L != nil {
		vm.Reserve(c.L, bytes)
	}
	if c.budget != nil && !c.stopped && !c.budget.Reserve(bytes) {
		c.left, c.stopped = 0, true
	}
}

// noForm says why a Lua value has no Go form.
type noForm struct {
	at   string // path of fields, "" at the top
	what string
}

func (n *noForm) in(key string) *noForm {
	if n.at == "" {
		return &noForm{at: key, what: n.what}
	}
	return &noForm{at: key + "." + n.at, what: n.what}
}

const maxTableDepth = 100

func (c *copier) tableForm(t *lua.LTable, outer []*lua.LTable) (any, *noForm) {
	for _, o := range outer {
		if o == t {
			return nil, &noForm{what: "a table that contains itself"}
		}
	}
	if len(outer) >= maxTableDepth {
		return nil, &noForm{what: "a table nested too deep"}
	}
	outer = append(outer, t)
	luajson.Materialize(t)
	var firstBad *noForm
	n := t.Len()
	if next, _ := t.Next(lua.LNumber(n)); luajson.IsSequence(t, n) && next == lua.LNil {
		c.reserve(int64(n) * slotBytes)
		if c.stopped {
			return nil, nil
		}
		list := make([]any, n)
		for i := range n {
			v, bad := c.form(t.RawGetInt(i+1), outer)
			if bad != nil && firstBad == nil {
				firstBad = bad.in("[" + lua.LNumber(i+1).String() + "]")
			}
			list[i] = v
			if c.left < 0 || c.stopped {
				break // the others have no form either
			}
		}
		return list, firstBad
	}
	if c.in.json.IsArray(t) && n == 0 {
		if k, _ := t.Next(lua.LNil); k == lua.LNil {
			return []any{}, nil
		}
	}
	m := map[string]any{}
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		var name string
		switch k := k.(type) {
		case lua.LString:
			name = string(k)
		case lua.LNumber:
			name = luanum.FormatExact(float64(k))
		default:
			if firstBad == nil {
				firstBad = &noForm{what: "a table with a " + k.Type().String() + " as key"}
			}
			continue
		}
		gv, bad := c.form(v, outer)
		if bad != nil && firstBad == nil {
			firstBad = bad.in(english.Clipped(name))
		}
		m[name] = gv
		if c.left < 0 || c.stopped {
			break
		}
	}
	return m, firstBad
}
