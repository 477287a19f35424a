package lunanode

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Value is one valid JSON value of an answer, read leniently: the service sends
// numbers as text, lists as maps, and empty maps as [] or "" (spec section 6).
// The zero Value is an absent one.
type Value struct {
	raw json.RawMessage
}

// Raw is the value as it came; nil when absent.
func (v Value) Raw() []byte { return v.raw }

// Present reports whether the value was there and not null.
func (v Value) Present() bool { return len(v.raw) > 0 && string(v.raw) != "null" }

// Text is a string's text, or the text of a number or boolean as it was written.
// It is "" for all else.
func (v Value) Text() string {
	if !v.Present() {
		return ""
	}
	switch v.raw[0] {
	case '"':
		if n := len(v.raw); n > 1 && isPlain(string(v.raw[1:n-1])) {
			return string(v.raw[1 : n-1])
		}
		var s string
		if json.Unmarshal(v.raw, &s) != nil {
			return ""
		}
		return s
	case '{', '[':
		return ""
	}
	return string(v.raw)
}

// Int is a whole number that came as text or as a number; "10.0" is one.
func (v Value) Int() (int64, error) {
	text := strings.TrimSpace(v.Text())
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(fraction, "0") != "" {
		return 0, fmt.Errorf("%s is not a whole number", quoted(text))
	}
	return n, nil
}

// Decimal is a number that came as text or as a number.
func (v Value) Decimal() (float64, error) {
	text := strings.TrimSpace(v.Text())
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is not a decimal number", quoted(text))
	}
	return f, nil
}

// Bool is a flag: "yes", "1" and true are true, "no", "0", "" and false are
// not. Anything else is an error.
func (v Value) Bool() (bool, error) {
	switch text := v.Text(); text {
	case "yes", "1", "true":
		return true, nil
	case "no", "0", "", "false":
		return false, nil
	default:
		return false, fmt.Errorf("%s is not a flag", quoted(text))
	}
}

// Get is the member of an object, the zero Value if there is none.
func (v Value) Get(name string) Value { return v.Map()[name] }

// Map are the members of an object. [], "", null and an absent value are an
// empty map, and so is anything that is not an object.
func (v Value) Map() map[string]Value {
	members := v.members()
	if members == nil {
		return nil
	}
	values := make(map[string]Value, len(members))
	for name, raw := range members {
		values[name] = Value{raw}
	}
	return values
}

// List are the elements of an array, or of an object with index keys in the
// order of the keys; another object's elements come in the order of its names.
// [], "", null and an absent value are an empty list.
func (v Value) List() []Value {
	if len(v.raw) == 0 {
		return nil
	}
	switch v.raw[0] {
	case '[':
		return splitArray(v.raw)
	case '{':
		members := v.members()
		if rows := indexed(members); len(rows) == len(members) {
			return rows
		}
		return inOrder(members, sortedNames(members))
	}
	return nil
}

// members are those of an object as they came, nil for anything else.
func (v Value) members() map[string]json.RawMessage { return splitObject(v.raw) }

// indexed are the members whose names are decimal indexes, in the order of the
// indexes.
func indexed(members map[string]json.RawMessage) []Value {
	var names []string
	for name := range members {
		if isIndex(name) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return inOrder(members, names)
}

// isIndex reports whether s is a decimal number as an array index is written.
func isIndex(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s == "0" || s != "" && s[0] != '0'
}

func sortedNames(members map[string]json.RawMessage) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func inOrder(members map[string]json.RawMessage, names []string) []Value {
	values := make([]Value, len(names))
	for i, name := range names {
		values[i] = Value{members[name]}
	}
	return values
}
