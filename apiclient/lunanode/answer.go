package lunanode

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// An Answer is one answer of success. It keeps the JSON as it came.
type Answer struct {
	raw     json.RawMessage
	members map[string]json.RawMessage
	success bool // whether the service carried the call out
}

var (
	errNoSuccess = errors.New(`the answer has no member "success" that is "yes" or "no"`)
	errEmpty     = errors.New("the answer is empty")
)

// ParseAnswer reads an answer, of success or not. An answer that is no JSON
// object, or does not say whether it is one of success, is an error.
func ParseAnswer(body []byte) (Answer, error) {
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return Answer{}, errEmpty
	}
	if body[0] != '{' || !json.Valid(body) {
		var none any
		return Answer{}, notAnObject(body, json.Unmarshal(body, &none))
	}
	a := Answer{raw: body, members: splitObject(body)}
	switch a.Get("success").Text() {
	case "yes":
		a.success = true
	case "no":
	default:
		return Answer{}, errNoSuccess
	}
	return a, nil
}

// notAnObject says what came instead. A proxy's or a maintenance page in HTML is
// the usual case.
func notAnObject(body []byte, err error) error {
	var syntax *json.SyntaxError
	switch {
	case body[0] == '<':
		return errors.New("the answer is HTML or XML where JSON was expected")
	case body[0] != '{':
		return &notAnAnswer{string(body[:min(len(body), 4<<10)])}
	case errors.As(err, &syntax) && int(syntax.Offset) >= len(body):
		return fmt.Errorf("the answer is cut off after %d bytes", len(body))
	}
	return fmt.Errorf("the answer is not valid JSON: %w", err)
}

// A notAnAnswer is a text in place of an answer.
type notAnAnswer struct {
	begins string
}

func (e *notAnAnswer) Error() string { return e.message(e.begins) }

// message shows the first characters of what there is to show.
func (e *notAnAnswer) message(begins string) string {
	return "the answer is not a JSON object; it begins with " + quoted(begins[:min(len(begins), 20)])
}

// Raw is the whole answer as it came.
func (a Answer) Raw() []byte { return a.raw }

// Get is the member of that name, the zero Value if there is none.
func (a Answer) Get(name string) Value { return Value{raw: a.members[name]} }

// Names are the members beside success, sorted.
func (a Answer) Names() []string {
	var names []string
	for name := range a.members {
		if name != "success" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Indexed are the rows that stand in the answer itself under the keys "0", "1",
// …, as sshkey/list and securitygroup/rule-list give them (spec section 6), in
// the order of the keys.
func (a Answer) Indexed() []Value { return indexed(a.members) }
