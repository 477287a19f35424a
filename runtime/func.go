package runtime

import (
	"context"
	"fmt"
	"reflect"
	"time"
)

// Func makes a verb of a Go function. Its parameters are the fields of In, a
// struct, in their order: named by their `lua:"name"` tag or else in snake case,
// required with `lua:",required"`, by name only with `lua:",named"`, never shown
// with `lua:",secret"`, described by a `doc:"…"` tag. Out is anything that a verb
// may return, or a struct, which becomes a table. The verb's Effect is Local
// until the caller sets it. A struct inside In, an embedded one too, is a parameter that
// takes a table, whose fields are never required; text for a time.Time is RFC 3339, and
// for a []byte any bytes.
//
// It panics if In is not a struct or has a field of a type that no parameter has:
// that is a mistake in the program.
//
//	type openTicket struct {
//		Title    string `lua:",required" doc:"one line"`
//		Priority int    `doc:"1 to 5"`
//	}
//	open := runtime.Func("tickets.open", "Opens a ticket.", func(ctx context.Context, in openTicket) (Ticket, error) { … })
//	open.Effect = runtime.Create
func Func[In, Out any](name, doc string, f func(ctx context.Context, in In) (Out, error)) Verb {
	t := reflect.TypeFor[In]()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("runtime: Func %s: the parameters must be a struct, not %s", name, t))
	}
	v := Verb{Name: name, Doc: doc, Returns: returnsOf(reflect.TypeFor[Out]())}
	var fields []int
	for i := range t.NumField() {
		field := t.Field(i)
		param := fieldName(field)
		if param == "" {
			continue
		}
		typ, ok := paramType(field.Type)
		if !ok {
			panic(fmt.Sprintf("runtime: Func %s: field %s: no parameter has type %s", name, field.Name, field.Type))
		}
		fields = append(fields, i)
		v.Params = append(v.Params, Param{
			Name:     param,
			Type:     typ,
			Required: fieldOption(field, "required"),
			Named:    fieldOption(field, "named"),
			Secret:   fieldOption(field, "secret"),
			Doc:      field.Tag.Get("doc"),
		})
	}
	params := v.Params
	v.Func = func(ctx context.Context, c *Call) (any, error) {
		var in In
		target := reflect.ValueOf(&in).Elem()
		for i, p := range params {
			if err := assign(target.Field(fields[i]), c.Any(p.Name)); err != nil {
				return nil, Errorf(Usage, "parameter %q: %w", p.Name, err)
			}
		}
		return f(ctx, in)
	}
	return v
}

// paramType is the parameter type for a Go type.
func paramType(t reflect.Type) (Type, bool) {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return Duration, true
	case reflect.TypeFor[map[string]string]():
		return Strings, true
	case reflect.TypeFor[any]():
		return Any, true
	case reflect.TypeFor[time.Time](), reflect.TypeFor[[]byte]():
		return String, true
	}
	switch t.Kind() {
	case reflect.String:
		return String, true
	case reflect.Bool:
		return Boolean, true
	case reflect.Float32, reflect.Float64:
		return Number, true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return Integer, true
	case reflect.Slice:
		return List, true
	case reflect.Map:
		return Table, t.Key().Kind() == reflect.String
	case reflect.Struct:
		return Table, true
	case reflect.Pointer:
		return paramType(t.Elem())
	}
	return 0, false
}

// returnsOf is the documentation of what a function returns.
func returnsOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return returnsOf(t.Elem())
	case reflect.Slice:
		return "list"
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Map:
		return "table"
	case reflect.Struct:
		if t.NumField() == 0 {
			return ""
		}
		return "table"
	}
	return "any value"
}
