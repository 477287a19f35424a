package runtime

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	lua "github.com/yuin/gopher-lua"
)

// What a verb's Go function may return, and what it becomes in Lua:
//
//	nil                             nil
//	bool, string, []byte            boolean, string
//	any int, uint or float type     number; a whole one beyond ±2^53 keeps its digits
//	json.Number                     number
//	time.Duration                   number of seconds
//	time.Time                       RFC 3339 text in UTC
//	[]any, []string, []T, [n]T      sequence
//	[n]byte, []T of a byte          string
//	map[string]any, map[string]T    table, filled in sorted key order
//	struct, pointer to struct       table, by the names of its fields (see Func)
//	Pairs                           table, filled in this order
//	JSON                            a record whose fields are decoded when read
//	Rows                            a sequence of such records
//	Results                         several results
//	Null                            json.null
//	*Error                          an error as pcall returns it
//	any other error                 its text
//	Value, *Function                the Lua value itself (Inline only)
//
// Anything else is a mistake in the verb and ends the run with Internal.

// JSON is one JSON value as an answer brought it. An object becomes a table of
// the object type Type (its methods, its printing), whose fields are decoded
// when they are first read; "" makes a plain table.
type JSON struct {
	Type string
	Raw  []byte
}

// Rows is a list of JSON objects of one type: a plain Lua sequence of tables.
type Rows struct {
	Type string
	Raw  [][]byte
}

// Null stands for JSON's null where nil cannot, in lists for instance.
var Null = nullValue{}

type nullValue struct{}

// Pairs is a table with keys of any kind, filled in this order.
type Pairs []Pair

// A Pair is one key, a string, number, boolean or Value, and its value.
type Pair struct{ Key, Value any }

// Results are several results of one verb.
type Results []any

// A Value is a Lua value that Go code holds without looking inside. It belongs
// to its run and is used only while a verb of that run is called, or by the
// session that returned it. The zero Value is nil.
type Value struct {
	lv  lua.LValue
	run *run
}

// A ValueKind is the Lua type of a Value, as Lua's type function names it.
type ValueKind string

const (
	NilValue      ValueKind = "nil"
	BooleanValue  ValueKind = "boolean"
	NumberValue   ValueKind = "number"
	StringValue   ValueKind = "string"
	TableValue    ValueKind = "table"
	FunctionValue ValueKind = "function"
	UserdataValue ValueKind = "userdata"
	ThreadValue   ValueKind = "thread"
)

func (v Value) lua() lua.LValue {
	if v.lv == nil {
		return lua.LNil
	}
	return v.lv
}

// Kind is the Lua type.
func (v Value) Kind() ValueKind { return ValueKind(v.lua().Type().String()) }

// Go is the value in Go form: nil, bool, float64, string, []any for a sequence, of which
// at most half are nil, map[string]any for any other table, the wrapped Go value of a userdata, which is a
// json.Number for a number that no Lua number holds.
// Functions and threads are nil, and so are tables inside themselves or inside a hundred
// others, and what comes after ten million values.
func (v Value) Go() any {
	if v.run == nil {
		return nil
	}
	return v.run.toGo(v.lua())
}

// Form is Go with a *NoForm if a part of the value has no Go form.
func (v Value) Form() (any, error) {
	if v.run == nil {
		return nil, nil
	}
	form, bad := v.run.goForm(nil, v.lua())
	if bad != nil {
		return form, bad.public()
	}
	return form, nil
}

// A NoForm is the first part of a value that has no Go form.
type NoForm struct {
	What string // "a function"
	At   string // the path of keys to it: `.rules[2].check`, "" for the value itself
}

func (n *NoForm) Error() string {
	if n.At == "" {
		return n.What + " has no Go form"
	}
	return n.What + " at " + n.At + " has no Go form"
}

func (n *noForm) public() *NoForm {
	at := strings.ReplaceAll(n.at, ".[", "[")
	if at != "" && at[0] != '[' {
		at = "." + at
	}
	return &NoForm{What: n.what, At: at}
}

// Into stores the value in a Go variable: a struct by its `lua:"name"` tags, a
// slice, a map by string, a number that fits. The error says where the forms
// differ.
func (v Value) Into(target any) error {
	t := reflect.ValueOf(target)
	if t.Kind() != reflect.Pointer || t.IsNil() {
		return fmt.Errorf("runtime: Into needs a pointer, not a %T", target)
	}
	return assign(t.Elem(), v.Go())
}

// Len is the number of elements of a sequence, 0 for anything but a table.
func (v Value) Len() int {
	if t, ok := v.lv.(*lua.LTable); ok {
		luajson.Materialize(t)
		return t.Len()
	}
	return 0
}

// Index is the element i, from 1, of a sequence.
func (v Value) Index(i int) Value {
	if t, ok := v.lv.(*lua.LTable); ok {
		return Value{lv: t.RawGetInt(i), run: v.run}
	}
	return Value{}
}

// Field is a field of a table, a verb of a module for instance, read without the script's
// metamethods; its Kind is NilValue for anything else.
func (v Value) Field(name string) Value {
	t, ok := v.lv.(*lua.LTable)
	if !ok {
		return Value{}
	}
	luajson.Materialize(t)
	return Value{lv: lualib.Content(t).RawGetString(name), run: v.run}
}

// Function is the function that the value is, nil for anything else.
func (v Value) Function() *Function {
	if fn, ok := v.lv.(*lua.LFunction); ok {
		return &Function{fn: fn}
	}
	return nil
}

// Type is the name of the object type that a verb made the value with: "server".
// It is "" for every other value.
func (v Value) Type() string {
	if t, ok := v.lv.(*lua.LTable); ok {
		return v.run.in.json.TypeOf(t)
	}
	return ""
}

// Identity is a Go value that is equal for Values that Lua finds equal without
// metamethods, and only for them; it can be a key of a map.
func (v Value) Identity() any { return v.lua() }
