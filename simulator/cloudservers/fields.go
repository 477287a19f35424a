package cloudservers

import (
	"encoding/json"
	"strconv"
)

// fields reads the members of one request object. The first member that is not
// as it must be is remembered in fault; members that nobody reads are ignored, as
// clients send some that the API does not have (spec section 3).
type fields struct {
	name   string
	values map[string]any
	fault  *fault
}

func (f *fields) refuse(details string, args ...any) {
	if f.fault == nil {
		f.fault = badRequest(details, args...)
	}
}

func (f *fields) has(name string) bool { return f.values[name] != nil }

// integer reads a 32-bit integer, given as a number or as a numeric string.
func (f *fields) integer(name string) int {
	var text string
	switch value := f.values[name].(type) {
	case nil:
		f.refuse("%s.%s is missing; it must be an integer", f.name, name)
		return 0
	case json.Number:
		text = value.String()
	case string:
		text = value
	default:
		f.refuse("%s.%s must be an integer, not %s", f.name, name, kind(value))
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		f.refuse("%s.%s must be a 32-bit integer, not %.40q", f.name, name, text)
	}
	return int(n)
}

// text reads a string that must not be empty.
func (f *fields) text(name string) string {
	switch value := f.values[name].(type) {
	case nil:
		f.refuse("%s.%s is missing; it must be a string", f.name, name)
	case string:
		if value == "" {
			f.refuse("%s.%s is empty", f.name, name)
		}
		return value
	default:
		f.refuse("%s.%s must be a string, not %s", f.name, name, kind(value))
	}
	return ""
}

// boolean reads true or false; absent means false.
func (f *fields) boolean(name string) bool {
	switch value := f.values[name].(type) {
	case nil:
		return false
	case bool:
		return value
	case string: // an XML attribute: the schema's boolean
		switch value {
		case "true", "1":
			return true
		case "false", "0":
			return false
		}
		f.refuse("%s.%s must be true or false, not %.40q", f.name, name, value)
	default:
		f.refuse("%s.%s must be true or false, not %s", f.name, name, kind(value))
	}
	return false
}

// oneOf reads a string that is one of the values; absent means the first.
func (f *fields) oneOf(name string, values []string) string {
	if !f.has(name) {
		return values[0]
	}
	text := f.text(name)
	for _, value := range values {
		if text == value {
			return value
		}
	}
	f.refuse("%s.%s must be one of %q, not %.40q", f.name, name, values, text)
	return ""
}
