package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// State is what both clouds hold. Its JSON form is a seed file's:
//
//	{"cloudservers": {"servers": [{"name": "web1", "imageId": 112, "flavorId": 2}]}}
type State struct {
	CloudServers *cloudservers.State `json:"cloudservers,omitempty"`
	LunaNode     *lunanode.State     `json:"lunanode,omitempty"`
}

// DecodeState reads a seed file in JSON. A member that does not exist is an error
// that names it.
func DecodeState(data []byte) (*State, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var state State
	if err := d.Decode(&state); err != nil {
		return nil, fmt.Errorf("seed: %w", explain(err, data))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("seed: there is more after the JSON object")
	}
	return &state, nil
}

// explain adds the line to errors that know where they are.
func explain(err error, data []byte) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset, err = kind.Offset, mismatch(kind)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	}
	if offset < 0 || offset > int64(len(data)) {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(data[:offset], []byte("\n")), err)
}

// mismatch says in the words of JSON that a member has a value of another kind.
func mismatch(e *json.UnmarshalTypeError) error {
	want := "a whole number"
	switch e.Type.Kind() {
	case reflect.String:
		want = "a text"
	case reflect.Bool:
		want = "true or false"
	case reflect.Float32, reflect.Float64:
		want = "a number"
	case reflect.Slice, reflect.Array:
		want = "a list"
	case reflect.Struct, reflect.Map:
		want = "an object"
	}
	where := e.Field
	if where == "" {
		where = "the seed"
	}
	return fmt.Errorf("%s: expected %s, got %s", where, want, e.Value)
}

// Dump is what both clouds hold now; Config.State takes it back.
func (s *Simulator) Dump() *State {
	luna := s.lunanode.State()
	return &State{CloudServers: s.cloudservers.Dump(), LunaNode: &luna}
}
