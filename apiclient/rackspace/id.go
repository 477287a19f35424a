package rackspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// An ID identifies a server, image, flavor or group. The service's ids are integers; other
// servers of the same API sent them as text, so an ID is text and becomes a number again in a
// request if it is one.
type ID string

// UnmarshalJSON reads a number or a string; null is the empty ID.
func (id *ID) UnmarshalJSON(raw []byte) error {
	var text string
	switch {
	case string(raw) == "null":
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0:
		text = string(raw[1 : len(raw)-1])
	case raw[0] == '"':
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
	case raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9':
		text = string(raw)
	default:
		return fmt.Errorf("an id is a number or a string, not %s", kindOfJSON(raw))
	}
	*id = ID(text)
	return nil
}

// kindOfJSON says what a value is that is neither a number nor a string.
func kindOfJSON(raw []byte) string {
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	}
	return "true or false"
}

// MarshalJSON writes a number where the id is one.
func (id ID) MarshalJSON() ([]byte, error) {
	if n, err := strconv.ParseInt(string(id), 10, 64); err == nil && strconv.FormatInt(n, 10) == string(id) {
		return []byte(id), nil
	}
	return json.Marshal(string(id))
}

// maxIDBytes is more than any server of this API uses: a UUID has 36.
const maxIDBytes = 64

// check says why an id cannot stand in a path; what names the thing.
func (id ID) check(what string) error {
	switch {
	case id == "":
		return fmt.Errorf("the id of the %s is missing", what)
	case id == "detail":
		return fmt.Errorf(`"detail" is no %s id`, what)
	case len(id) > maxIDBytes:
		return fmt.Errorf("%q has %d bytes and is no %s id", excerpt(string(id[:16])), len(id), what)
	case strings.ContainsFunc(string(id), func(r rune) bool { return !isIDRune(r) }):
		return fmt.Errorf("%q is no %s id: ids are digits, letters, - and _", excerpt(string(id)), what)
	}
	return nil
}

func isIDRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_'
}
