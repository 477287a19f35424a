package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAssign(t *testing.T) {
	type inner struct{ A int }
	for _, test := range []struct {
		in   any
		into any // a pointer
		want any
	}{
		{"x", new(string), "x"},
		{true, new(bool), true},
		{3.0, new(int8), int8(3)},
		{int64(3), new(uint16), uint16(3)},
		{1.5, new(float32), float32(1.5)},
		{1.5, new(time.Duration), 1500 * time.Millisecond},
		{time.Minute, new(time.Duration), time.Minute},
		{"2030-01-02T03:04:05Z", new(time.Time), time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)},
		{[]any{"a", "b"}, new([]string), []string{"a", "b"}},
		{[]any{1.0, nil}, new([]int), []int{1, 0}},
		{map[string]any{}, new([]int), []int{}},
		{"bytes", new([]byte), []byte("bytes")},
		{map[string]any{"a": 1.0}, new(map[string]int), map[string]int{"a": 1}},
		{map[string]string{"a": "b"}, new(map[string]any), map[string]any{"a": "b"}},
		{[]any{}, new(map[string]int), map[string]int{}},
		{map[string]any{"a": 2.0, "unknown": 1.0}, new(inner), inner{2}},
		{[]any{}, new(inner), inner{}},
		{map[string]any{"a": 2.0}, new(any), map[string]any{"a": 2.0}},
		{nil, new(string), ""},
		{json.Number("9007199254740993"), new(int64), int64(9007199254740993)},
		{json.Number("18446744073709551615"), new(uint64), uint64(18446744073709551615)},
		{json.Number("18446744073709551616"), new(string), "18446744073709551616"},
		{json.Number("18446744073709551616"), new(json.Number), json.Number("18446744073709551616")},
		{json.Number("18446744073709551616"), new(float64), 18446744073709551616.0},
	} {
		target := reflect.ValueOf(test.into).Elem()
		if err := assign(target, test.in); err != nil {
			t.Errorf("%#v into %T: %v", test.in, test.into, err)
		} else if !reflect.DeepEqual(target.Interface(), test.want) {
			t.Errorf("%#v into %T gave %#v, want %#v", test.in, test.into, target.Interface(), test.want)
		}
	}
	pointer := new(*int)
	if err := assign(reflect.ValueOf(pointer).Elem(), 5.0); err != nil || **pointer != 5 {
		t.Errorf("a pointer: %v", err)
	}
}

func TestAssignSaysWhereTheFormsDiffer(t *testing.T) {
	type inner struct{ Name string }
	type outer struct{ List []inner }
	for _, test := range []struct {
		in   any
		into any
		want string
	}{
		{1.0, new(string), "expected a string, got a number"},
		{"1", new(int), "expected a number, got a string"},
		{"true", new(bool), "expected a boolean, got a string"},
		{1.5, new(int), "expected a whole number, got 1.5"},
		{300.0, new(int8), "300 does not fit into int8"},
		{-1.0, new(uint), "-1 does not fit into uint"},
		{1e300, new(int64), "expected a whole number, got 1e+300"},
		{json.Number("18446744073709551616"), new(uint64), "18446744073709551616 does not fit into uint64"},
		{json.Number("1e400"), new(int64), "1e400 does not fit into int64"},
		{"x", new([]int), "expected a list, got a string"},
		{true, new([]int), "expected a list, got a boolean"},
		{map[string]any{"a": 1.0}, new([]int), "expected a list, got a table with names as keys"},
		{"x", new(map[string]int), "expected a table, got a string"},
		{map[string]any{"a": "x"}, new(map[string]int), "a: expected a number, got a string"},
		{map[string]any{}, new(map[int]int), "expected a table, got a table"},
		{"x", new(inner), "expected a table, got a string"},
		{"x", new(time.Time), `expected an RFC 3339 time, got "x"`},
		{map[string]any{"list": []any{map[string]any{}, map[string]any{"name": 1.0}}}, new(outer), "list: [2]: name: expected a string, got a number"},
		{map[string]any{"lst": []any{}}, new(outer), `unknown field "lst"; did you mean "list"?`},
	} {
		if err := assign(reflect.ValueOf(test.into).Elem(), test.in); err == nil || err.Error() != test.want {
			t.Errorf("%#v into %T: %v\nwant %s", test.in, test.into, err, test.want)
		}
	}
}

func TestTypesOfParametersAndResults(t *testing.T) {
	for want, typ := range map[Type][]reflect.Type{
		String:   {reflect.TypeFor[string](), reflect.TypeFor[time.Time]()},
		Integer:  {reflect.TypeFor[int](), reflect.TypeFor[uint8](), reflect.TypeFor[*int64]()},
		Number:   {reflect.TypeFor[float64](), reflect.TypeFor[float32]()},
		Boolean:  {reflect.TypeFor[bool]()},
		Duration: {reflect.TypeFor[time.Duration]()},
		Table:    {reflect.TypeFor[map[string]any](), reflect.TypeFor[struct{ A int }]()},
		Strings:  {reflect.TypeFor[map[string]string]()},
		List:     {reflect.TypeFor[[]string]()},
		Any:      {reflect.TypeFor[any]()},
	} {
		for _, one := range typ {
			if got, ok := paramType(one); !ok || got != want {
				t.Errorf("%s is a %s, %v; want %s", one, got, ok, want)
			}
		}
	}
	for typ, want := range map[reflect.Type]string{
		reflect.TypeFor[struct{}](): "", reflect.TypeFor[*ticketOut](): "table", reflect.TypeFor[[]int](): "list", reflect.TypeFor[string](): "string",
		reflect.TypeFor[bool](): "boolean", reflect.TypeFor[map[string]int](): "table", reflect.TypeFor[any](): "any value", reflect.TypeFor[int](): "any value",
	} {
		if got := returnsOf(typ); got != want {
			t.Errorf("%s is documented as %q, want %q", typ, got, want)
		}
	}
}

func TestWordsOfTypesAndEffects(t *testing.T) {
	var words []string
	for typ := Any; typ <= Handle; typ++ {
		words = append(words, typ.phrase())
	}
	got := strings.Join(words, "|")
	want := `any value|a string|a number|a whole number|a boolean|a duration (seconds, or text like "10m")|an id|a table|a list|a table of strings|a function|any value`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if Type(99).String() != "Type(99)" || Effect(99).String() != "Effect(99)" || Destroy.String() != "destroy" {
		t.Error("the words of unknown types or of effects are wrong")
	}
}

// What Go programs have beside the plain forms.
func TestArraysErrorsAndBytesHaveLuaForms(t *testing.T) {
	type letter byte
	type record struct {
		ID    [4]byte
		Words [2]string
		Raw   json.RawMessage
		Named []letter
		Err   error
		None  error
	}
	rt := newCloud(t, func(c *Config) {
		c.Modules = append(c.Modules, Module{Name: "forms", Verbs: []Verb{
			Func("forms.record", "A record.", func(context.Context, struct{}) (record, error) {
				return record{ID: [4]byte{'a', 'b', 'c', 'd'}, Words: [2]string{"x", "y"}, Raw: json.RawMessage(`{}`), Named: []letter{'z'}, Err: errors.New("it broke")}, nil
			}),
			Func("forms.size", "How many bytes.", func(_ context.Context, in struct{ Data []byte }) (int, error) { return len(in.Data), nil }),
		}})
	})
	prints(t, rt, `
local r = forms.record()
print(r.id, #r.words, r.words[2], r.raw, r.named, r.err, r.none)
print(forms.size("a\0\255"))`, "abcd\t2\ty\t{}\tz\tit broke\tnil\n3\n")
}
