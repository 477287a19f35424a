package header

import (
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
		if err != nil || n > 1<<53 || n < -1<<53 {
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
		switch strings.ToLower(text) {
		case "true", "yes":
			return true, nil
		case "false", "no":
			return false, nil
		}
		return nil, fmt.Errorf("expected true or false, got %q", text)
	case Duration:
		return duration(text)
	case List:
		if text == "" {
			return []string{}, nil
		}
		return strings.Split(text, ","), nil
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
