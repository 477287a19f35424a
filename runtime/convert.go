package runtime

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

// convert makes the Go form of an argument, or says what is wrong with it.
func (c *Call) convert(p *Param, lv lua.LValue) (v any, why string) {
	switch p.Type {
	case Any:
		v, bad := c.task.run.goForm(c.thread, lv)
		if bad != nil {
			return nil, "expected a value without functions, got " + bad.String()
		}
		return v, ""
	case String:
		if s, ok := lv.(lua.LString); ok {
			if p.MaxLen > 0 && len(s) > p.MaxLen {
				return nil, fmt.Sprintf("expected at most %d bytes, got %d", p.MaxLen, len(s))
			}
			return checkEnum(p, string(s))
		}
	case Number:
		if n, ok := lv.(lua.LNumber); ok {
			return float64(n), ""
		}
		if text, ok := luajson.IsNumber(lv); ok {
			f, _ := strconv.ParseFloat(text, 64) // out of range is ±Inf, as everywhere in Lua
			return f, ""
		}
	case Integer:
		if n, ok := lv.(lua.LNumber); ok {
			return checkInteger(float64(n))
		}
		if _, ok := luajson.IsNumber(lv); ok {
			return nil, "expected a whole number within ±2^53, got " + describe(p, lv)
		}
	case Boolean:
		if b, ok := lv.(lua.LBool); ok {
			return bool(b), ""
		}
	case Duration:
		return checkDuration(p, lv)
	case ID:
		return c.checkID(p, lv)
	case Table:
		if t, ok := lv.(*lua.LTable); ok {
			return c.checkTable(t)
		}
	case List:
		if t, ok := lv.(*lua.LTable); ok {
			return c.checkList(t)
		}
	case Strings:
		if t, ok := lv.(*lua.LTable); ok {
			return checkStrings(t)
		}
	case Callback:
		if fn, ok := lv.(*lua.LFunction); ok {
			return &Function{fn: fn}, ""
		}
	case Handle:
		return Value{lv: lv, run: c.task.run}, ""
	}
	return nil, expected(p, lv)
}

func expected(p *Param, lv lua.LValue) string {
	return fmt.Sprintf("expected %s, got %s", p.Type.phrase(), describe(p, lv))
}

// describe says what a value is, without its content if that is secret or long.
func describe(p *Param, lv lua.LValue) string {
	switch v := lv.(type) {
	case *lua.LNilType:
		return "nil"
	case lua.LBool:
		return v.String()
	case lua.LNumber:
		if !p.Secret {
			return "the number " + luanum.FormatExact(float64(v))
		}
	case lua.LString:
		if !p.Secret && len(v) <= 40 {
			return "the string " + strconv.Quote(string(v))
		}
	}
	if text, ok := luajson.IsNumber(lv); ok && !p.Secret && len(text) <= 40 {
		return "the number " + text
	}
	return "a " + lv.Type().String()
}

func checkEnum(p *Param, s string) (any, string) {
	if len(p.Enum) == 0 {
		return s, ""
	}
	for _, e := range p.Enum {
		if strings.EqualFold(e, s) {
			return e, ""
		}
	}
	why := fmt.Sprintf("expected one of %s, got %s", strings.Join(p.Enum, ", "), describe(p, lua.LString(s)))
	if near := nearest.Name(s, p.Enum); near != "" {
		why += fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, why
}

func checkInteger(n float64) (any, string) {
	switch {
	case n != math.Trunc(n) || math.IsInf(n, 0):
		return nil, "expected a whole number, got " + luanum.FormatExact(n)
	case n > luanum.MaxWhole || n < -luanum.MaxWhole:
		return nil, "expected a whole number within ±2^53, got " + luanum.FormatExact(n)
	}
	return int64(n), ""
}

// longestDuration is how many bytes the text of a duration may have.
const longestDuration = 100

func checkDuration(p *Param, lv lua.LValue) (any, string) {
	switch v := lv.(type) {
	case lua.LNumber:
		seconds := float64(v)
		if math.IsNaN(seconds) || math.Abs(seconds) >= math.MaxInt64/1e9 {
			return nil, "expected a duration of at most 292 years, got " + luanum.FormatExact(seconds) + " seconds"
		}
		return time.Duration(seconds * 1e9), ""
	case lua.LString:
		if len(v) <= longestDuration { // what is wrong with it, ParseDuration tells at length
			if d, err := time.ParseDuration(string(v)); err == nil {
				return d, ""
			}
		}
		return nil, fmt.Sprintf(`expected a duration such as "90s", "10m" or "1h30m", got %s`, describe(p, lv))
	}
	return nil, expected(p, lv)
}

func (c *Call) checkID(p *Param, lv lua.LValue) (any, string) {
	switch v := lv.(type) {
	case lua.LNumber:
		return luanum.FormatExact(float64(v)), ""
	case lua.LString:
		if v == "" {
			return nil, "expected an id, got an empty string"
		}
		return string(v), ""
	case *lua.LTable:
		key := "id"
		if o := c.task.run.objectOf(v); o != nil && o.Key != "" {
			key = o.Key
		}
		switch id := c.thread.GetField(v, key).(type) {
		case lua.LNumber, lua.LString, *lua.LUserData:
			return c.checkID(p, id)
		}
		return nil, fmt.Sprintf("expected an id or an object that has one, got a table without %q", key)
	}
	if text, ok := luajson.IsNumber(lv); ok {
		return text, ""
	}
	return nil, expected(p, lv)
}

func (c *Call) checkTable(t *lua.LTable) (any, string) {
	v, bad := c.task.run.goForm(c.thread, t)
	if bad != nil {
		return nil, "expected a table without functions, got " + bad.String()
	}
	switch v := v.(type) {
	case map[string]any:
		return v, ""
	case []any:
		if len(v) == 0 {
			return map[string]any{}, ""
		}
	}
	return nil, "expected a table with names as keys, got a list"
}

func (c *Call) checkList(t *lua.LTable) (any, string) {
	v, bad := c.task.run.goForm(c.thread, t)
	if bad != nil {
		return nil, "expected a list without functions, got " + bad.String()
	}
	switch v := v.(type) {
	case []any:
		return v, ""
	case map[string]any:
		if len(v) == 0 {
			return []any{}, ""
		}
	}
	return nil, "expected a list, got a table with names as keys"
}

func checkStrings(t *lua.LTable) (any, string) {
	luajson.Materialize(t)
	m := map[string]string{}
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		name, ok := k.(lua.LString)
		if !ok {
			return nil, "expected a table of strings by name, got one with the " + k.Type().String() + " " + k.String() + " as key"
		}
		switch v := v.(type) {
		case lua.LString:
			m[string(name)] = string(v)
		case lua.LNumber:
			m[string(name)] = luanum.FormatExact(float64(v))
		default:
			if text, ok := luajson.IsNumber(v); ok {
				m[string(name)] = text
				continue
			}
			return nil, fmt.Sprintf("expected a table of strings, got a %s for %s", v.Type(), quoted(string(name)))
		}
	}
	return m, ""
}

func (n *noForm) String() string {
	if n.at == "" {
		return n.what
	}
	return n.what + " at " + n.at
}
