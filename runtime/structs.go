package runtime

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// Go structs meet Lua as tables. A field's name in Lua is that of its tag,
// `lua:"name"`, or else its Go name in snake case; `lua:"-"` leaves it out, as it
// does unexported fields.

// fieldName is the name of a struct field in Lua; "" if it has none.
func fieldName(f reflect.StructField) string {
	if !f.IsExported() {
		return ""
	}
	name, _, _ := strings.Cut(f.Tag.Get("lua"), ",")
	switch name {
	case "-":
		return ""
	case "":
		return snakeCase(f.Name)
	}
	return name
}

// fieldOption reports whether the tag has an option behind the name.
func fieldOption(f reflect.StructField, option string) bool {
	_, options, _ := strings.Cut(f.Tag.Get("lua"), ",")
	for _, o := range strings.Split(options, ",") {
		if o == option {
			return true
		}
	}
	return false
}

// snakeCase writes PublicIPv4Count as public_ipv4_count.
func snakeCase(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 {
			begins := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1])
			ends := unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1]) &&
				!(i+2 < len(runes) && unicode.IsDigit(runes[i+2])) // IPv4 is one word
			if begins || ends {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// assign stores a value in Go form, as Value.Go and Call.Any give it, in a Go
// variable of a fitting type.
func assign(target reflect.Value, v any) error {
	if v == nil {
		target.SetZero()
		return nil
	}
	value := reflect.ValueOf(v)
	if value.Type() == target.Type() || target.Kind() == reflect.Interface && value.Type().Implements(target.Type()) {
		target.Set(value)
		return nil
	}
	switch target.Kind() {
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		return assign(target.Elem(), v)
	case reflect.String:
		if value.Kind() == reflect.String { // or a json.Number
			target.SetString(value.String())
			return nil
		}
	case reflect.Bool:
		if b, ok := v.(bool); ok {
			target.SetBool(b)
			return nil
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return assignNumber(target, v)
	case reflect.Slice:
		return assignSlice(target, v)
	case reflect.Map:
		return assignMap(target, v)
	case reflect.Struct:
		return assignStruct(target, v)
	}
	return fmt.Errorf("expected %s, got %s", goTypeName(target.Type()), goTypeName(value.Type()))
}

func assignNumber(target reflect.Value, v any) error {
	var n float64
	switch v := v.(type) {
	case float64:
		n = v
	case int64:
		n = float64(v)
	case json.Number:
		return assignDigits(target, string(v))
	default:
		return fmt.Errorf("expected a number, got %s", goTypeName(reflect.TypeOf(v)))
	}
	if target.Type() == reflect.TypeFor[time.Duration]() {
		target.SetInt(int64(n * float64(time.Second)))
		return nil
	}
	if target.CanFloat() {
		target.SetFloat(n)
		return nil
	}
	if n != math.Trunc(n) || math.Abs(n) > luanum.MaxWhole {
		return fmt.Errorf("expected a whole number, got %s", luanum.FormatExact(n))
	}
	if target.CanInt() && !target.OverflowInt(int64(n)) {
		target.SetInt(int64(n))
		return nil
	}
	if target.CanUint() && n >= 0 && !target.OverflowUint(uint64(n)) {
		target.SetUint(uint64(n))
		return nil
	}
	return fmt.Errorf("%s does not fit into %s", luanum.FormatExact(n), target.Type())
}

// assignDigits stores a number that no Lua number holds.
func assignDigits(target reflect.Value, text string) error {
	switch {
	case target.CanFloat():
		f, _ := strconv.ParseFloat(text, 64) // out of range is ±Inf
		target.SetFloat(f)
		return nil
	case target.CanInt():
		if n, err := strconv.ParseInt(text, 10, target.Type().Bits()); err == nil {
			target.SetInt(n)
			return nil
		}
	case target.CanUint():
		if n, err := strconv.ParseUint(text, 10, target.Type().Bits()); err == nil {
			target.SetUint(n)
			return nil
		}
	}
	return fmt.Errorf("%s does not fit into %s", text, target.Type())
}

func assignSlice(target reflect.Value, v any) error {
	var list []any
	switch v := v.(type) {
	case []any:
		list = v
	case map[string]any:
		if len(v) > 0 {
			return fmt.Errorf("expected a list, got a table with names as keys")
		}
	case string:
		if target.Type().Elem().Kind() == reflect.Uint8 {
			target.SetBytes([]byte(v))
			return nil
		}
		return fmt.Errorf("expected a list, got a string")
	default:
		return fmt.Errorf("expected a list, got %s", goTypeName(reflect.TypeOf(v)))
	}
	out := reflect.MakeSlice(target.Type(), len(list), len(list))
	for i, item := range list {
		if err := assign(out.Index(i), item); err != nil {
			return fmt.Errorf("[%d]: %w", i+1, err)
		}
	}
	target.Set(out)
	return nil
}

func assignMap(target reflect.Value, v any) error {
	fields, ok := tableFields(v)
	if !ok || target.Type().Key().Kind() != reflect.String {
		return fmt.Errorf("expected %s, got %s", goTypeName(target.Type()), goTypeName(reflect.TypeOf(v)))
	}
	out := reflect.MakeMapWithSize(target.Type(), len(fields))
	for name, item := range fields {
		element := reflect.New(target.Type().Elem()).Elem()
		if err := assign(element, item); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out.SetMapIndex(reflect.ValueOf(name).Convert(target.Type().Key()), element)
	}
	target.Set(out)
	return nil
}

func assignStruct(target reflect.Value, v any) error {
	if text, ok := v.(string); ok && target.Type() == reflect.TypeFor[time.Time]() {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return fmt.Errorf("expected an RFC 3339 time, got %s", quoted(text))
		}
		target.Set(reflect.ValueOf(t))
		return nil
	}
	fields, ok := tableFields(v)
	if !ok {
		return fmt.Errorf("expected a table, got %s", goTypeName(reflect.TypeOf(v)))
	}
	var names []string
	for i := range target.NumField() {
		name := fieldName(target.Type().Field(i))
		if name == "" {
			continue
		}
		names = append(names, name)
		item, given := fields[name]
		if !given {
			continue
		}
		if err := assign(target.Field(i), item); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name := range fields {
		if near := nearest.Name(name, names); near != "" && near != name && fields[near] == nil {
			return fmt.Errorf("unknown field %q; did you mean %q?", name, near)
		}
	}
	return nil
}

// tableFields are the fields of a table in Go form; an empty one may be a list.
func tableFields(v any) (map[string]any, bool) {
	switch v := v.(type) {
	case map[string]any:
		return v, true
	case map[string]string:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = item
		}
		return out, true
	case []any:
		return nil, len(v) == 0
	}
	return nil, false
}

// goTypeName is the Lua name of a type in Go form.
func goTypeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Slice:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "a table"
	case reflect.Float32, reflect.Float64:
		return "a number"
	}
	if t.ConvertibleTo(reflect.TypeFor[int64]()) {
		return "a whole number"
	}
	return "a " + t.String()
}
