package lunanode

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"unicode/utf8"
)

// params are a call's parameters by name.
type params map[string]param

// param is one value as it came. Texts and numbers are text; kind names anything
// else, which no action takes.
type param struct {
	text string
	kind string // "", or "null", "a boolean", "a list", "an object"
}

// given reports whether a required parameter counts as set: PHP's isset is false
// for null, and an empty text is taken the same way (spec section 4).
func (p param) given() bool { return p.kind == "" && p.text != "" || p.kind != "" && p.kind != "null" }

var errNotAnObject = errors.New("req is not a JSON object in UTF-8")

// parseRequest reads the req text: one flat JSON object.
func parseRequest(req string) (params, error) {
	if !utf8.ValidString(req) {
		return nil, errNotAnObject
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(req), &members); err != nil || members == nil {
		return nil, errNotAnObject
	}
	ps := make(params, len(members))
	for name, value := range members {
		ps[name] = newParam(value)
	}
	return ps, nil
}

func newParam(value any) param {
	switch v := value.(type) {
	case string:
		return param{text: v}
	case float64:
		return param{text: number(v)}
	case nil:
		return param{kind: "null"}
	case bool:
		return param{kind: "a boolean"}
	case []any:
		return param{kind: "a list"}
	default:
		return param{kind: "an object"}
	}
}

// number writes a JSON number as PHP turns it into text: clients send 10 and 10.0
// where ten is meant (spec section 4).
func number(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'G', -1, 64)
}
