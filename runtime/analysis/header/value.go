package header

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// An Error says what is wrong with the values of a command line.
type Error struct {
	Param   string // the parameter's name
	Message string // without the name
	Hint    string
}

func (e *Error) Error() string { return e.Param + ": " + e.Message }

// Values turns texts by name into what the script finds in params. Parameters
// that are not given have their default or are absent. The error is an *Error.
// A script that declares no parameters takes all, as they are.
func (h *Header) Values(texts map[string]any) (map[string]any, error) {
	if len(h.Params) == 0 {
		return texts, nil
	}
	for name := range texts {
		if h.param(name) == nil {
			return nil, h.unknown(name)
		}
	}
	values := map[string]any{}
	for i := range h.Params {
		p := &h.Params[i]
		text, ok := texts[p.Name]
		if !ok {
			if p.Required {
				return nil, &Error{p.Name, "missing (" + p.Form() + ")" + because(p.Doc), ""}
			}
			if p.Default != nil {
				values[p.Name] = p.Default
			}
			continue
		}
		value, err := p.Value(fmt.Sprint(text))
		if err != nil {
			return nil, &Error{p.Name, err.Error(), p.suggestion(fmt.Sprint(text))}
		}
		values[p.Name] = value
	}
	return values, nil
}

func because(doc string) string {
	if doc == "" {
		return ""
	}
	return ": " + doc
}

func (h *Header) unknown(name string) error {
	e := &Error{name, "the script declares no such parameter", "it takes " + strings.Join(h.Names(), ", ")}
	if near := nearest.Name(name, h.Names()); near != "" {
		e.Hint = "did you mean " + near + "?"
	}
	return e
}

func (p *Param) suggestion(text string) string {
	if near := nearest.Name(text, p.Values); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// Value gives one text its type: string, int64, float64 (also for a Duration, in
// seconds), bool, or []string.
func (p *Param) Value(text string) (any, error) {
	switch p.Type {
	case Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		switch {
		case errors.Is(err, strconv.ErrRange), err == nil && (n > 1<<53 || n < -1<<53):
			return nil, fmt.Errorf("expected a whole number of at most %d, got %q", int64(1)<<53, text)
		case err != nil:
			return nil, fmt.Errorf("expected a whole number, got %q", text)
		}
		return n, nil
	case Number:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("expected a number, got %q", text)
		}
		return n, nil
	case Boolean:
		value, ok := booleans[strings.ToLower(text)]
		if !ok {
			return nil, fmt.Errorf("expected true or false, got %q", text)
		}
		return value, nil
	case Duration:
		return duration(text)
	case List:
		return list(text)
	case Enum:
		for _, value := range p.Values {
			if strings.EqualFold(value, text) {
				return value, nil
			}
		}
		return nil, fmt.Errorf("expected one of %s, got %q", strings.Join(p.Values, ", "), text)
	}
	return text, nil
}

var booleans = map[string]bool{"true": true, "yes": true, "false": false, "no": false}

// IsBoolean reports whether a Boolean takes a text.
func IsBoolean(text string) bool {
	_, ok := booleans[strings.ToLower(text)]
	return ok
}

// list are the items of a text, without the blanks around them.
func list(text string) (any, error) {
	items := []string{}
	if text == "" {
		return items, nil
	}
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item == "" {
			return nil, fmt.Errorf("expected texts with a comma between two, got %q, of which one is empty", text)
		}
		items = append(items, item)
	}
	return items, nil
}

// duration is a text in seconds.
func duration(text string) (any, error) {
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d.Seconds(), nil
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && n < math.MaxInt64/1e9 {
		return n, nil
	}
	return nil, fmt.Errorf(`expected a duration such as 90s, 10m or 1h30m, got %q`, text)
}
