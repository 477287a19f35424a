package runtime

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

// toLua makes the Lua value of what a verb returned; see value.go for the forms.
func (r *run) toLua(v any) (lua.LValue, error) { return r.nestedToLua(v, 0) }

// nestedToLua is toLua of a value so many levels down. A Go value may be a circle
// of pointers.
func (r *run) nestedToLua(v any, depth int) (lua.LValue, error) {
	if depth > maxValueDepth {
		return nil, errDeep
	}
	switch v := v.(type) {
	case nil:
		return lua.LNil, nil
	case bool:
		return lua.LBool(v), nil
	case string:
		return lua.LString(v), nil
	case []byte:
		return lua.LString(v), nil
	case float64:
		return lua.LNumber(v), nil
	case int:
		return r.wholeToLua(int64(v)), nil
	case int64:
		return r.wholeToLua(v), nil
	case json.Number:
		return r.in.json.Number(string(v)), nil
	case time.Duration:
		return lua.LNumber(v.Seconds()), nil
	case time.Time:
		return lua.LString(v.UTC().Format(time.RFC3339Nano)), nil
	case JSON:
		return r.jsonToLua(v)
	case Rows:
		return r.in.json.Rows(v.Type, v.Raw)
	case Pairs:
		return r.pairsToLua(v, depth)
	case nullValue:
		return r.in.json.Null, nil
	case Value:
		return v.lua(), nil
	case *Function:
		if v == nil {
			return lua.LNil, nil
		}
		return v.fn, nil
	case *Error:
		return errorTable(v), nil
	case error:
		return lua.LString(v.Error()), nil
	case []any:
		t := r.in.json.NewArray(len(v))
		for i := range v {
			r.in.chargeValue(i)
			lv, err := r.nestedToLua(v[i], depth+1)
			if err != nil {
				return nil, err
			}
			t.RawSetInt(i+1, lv)
		}
		return t, nil
	case []Value:
		t := r.in.json.NewArray(len(v))
		for i := range v {
			r.in.chargeValue(i)
			t.RawSetInt(i+1, v[i].lua())
		}
		return t, nil
	case map[string]any:
		return r.mapToLua(reflect.ValueOf(v), depth)
	}
	return r.reflectToLua(reflect.ValueOf(v), depth)
}

var errDeep = fmt.Errorf("a value that contains itself, or nests more than %d deep, has no Lua form", maxValueDepth)

// maxValueDepth is beyond what verbs nest.
const maxValueDepth = 1000

// inField says in which field a value has no Lua form. The way down to what is too
// deep tells nothing.
func inField(name string, err error) error {
	if err == errDeep {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// wholeToLua keeps all digits.
func (r *run) wholeToLua(n int64) lua.LValue {
	if n > luanum.MaxWhole || n < -luanum.MaxWhole {
		return r.in.json.Number(strconv.FormatInt(n, 10))
	}
	return lua.LNumber(n)
}

func (r *run) jsonToLua(v JSON) (lua.LValue, error) {
	if bytes.HasPrefix(bytes.TrimLeft(v.Raw, " \t\r\n"), []byte("{")) {
		return r.in.json.Row(v.Type, v.Raw)
	}
	return r.in.json.Decode(v.Raw, luajson.DecodeOptions{})
}

// reflectToLua takes the forms that are too many to name: the other number
// types, and slices and maps of any element type.
func (r *run) reflectToLua(v reflect.Value, depth int) (lua.LValue, error) {
	switch v.Kind() {
	case reflect.Bool:
		return lua.LBool(v.Bool()), nil
	case reflect.String:
		return lua.LString(v.String()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.wholeToLua(v.Int()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n := v.Uint(); n > luanum.MaxWhole {
			return r.in.json.Number(strconv.FormatUint(n, 10)), nil
		}
		return lua.LNumber(v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		return lua.LNumber(v.Float()), nil
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return lua.LString(bytesOf(v)), nil
		}
		t := r.in.json.NewArray(v.Len())
		for i := range v.Len() {
			r.in.chargeValue(i)
			lv, err := r.nestedToLua(v.Index(i).Interface(), depth+1)
			if err != nil {
				return nil, err
			}
			t.RawSetInt(i+1, lv)
		}
		return t, nil
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return lua.LNil, nil
		}
		return r.nestedToLua(v.Elem().Interface(), depth+1)
	case reflect.Struct:
		return r.structToLua(v, depth)
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			return r.mapToLua(v, depth)
		}
	}
	return nil, fmt.Errorf("a %s has no Lua form", v.Type())
}

// bytesOf are the bytes of a slice or array of them.
func bytesOf(v reflect.Value) []byte {
	if v.Kind() == reflect.Slice {
		return v.Bytes()
	}
	b := make([]byte, v.Len())
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return b
}

func (r *run) pairsToLua(pairs Pairs, depth int) (lua.LValue, error) {
	t := r.in.state.Main().CreateTable(0, len(pairs))
	for i, p := range pairs {
		r.in.chargeValue(i)
		key, err := r.nestedToLua(p.Key, depth+1)
		if err != nil {
			return nil, err
		}
		if n, ok := key.(lua.LNumber); key == lua.LNil || ok && n != n {
			return nil, fmt.Errorf("%s cannot be a key", key)
		}
		value, err := r.nestedToLua(p.Value, depth+1)
		if err != nil {
			return nil, err
		}
		t.RawSet(key, value)
	}
	return t, nil
}

// structToLua fills a table in the order of the fields.
func (r *run) structToLua(v reflect.Value, depth int) (lua.LValue, error) {
	t := &lua.LTable{Metatable: lua.LNil}
	for i := range v.NumField() {
		name := fieldName(v.Type().Field(i))
		if name == "" {
			continue
		}
		lv, err := r.nestedToLua(v.Field(i).Interface(), depth+1)
		if err != nil {
			return nil, inField(name, err)
		}
		t.RawSetString(name, lv)
	}
	return t, nil
}

// mapToLua fills a table in sorted key order, so that pairs is the same in every
// run.
func (r *run) mapToLua(v reflect.Value, depth int) (lua.LValue, error) {
	keys := make([]string, 0, v.Len())
	elements := make(map[string]reflect.Value, v.Len())
	for it := v.MapRange(); it.Next(); {
		keys = append(keys, it.Key().String())
		elements[it.Key().String()] = it.Value()
	}
	sort.Strings(keys)
	t := r.in.state.Main().CreateTable(0, len(keys))
	for i, k := range keys {
		r.in.chargeValue(i)
		lv, err := r.nestedToLua(elements[k].Interface(), depth+1)
		if err != nil {
			return nil, inField(k, err)
		}
		t.RawSetString(k, lv)
	}
	return t, nil
}
