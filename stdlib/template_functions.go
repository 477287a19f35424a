package stdlib

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"

	"github.com/cloudscript/cloudscript/runtime"
)

// templateFunctions are those of text/template that make text, accounting for it
// before they make it.
func templateFunctions(c *runtime.Call) template.FuncMap {
	// growth is how many bytes the function makes of one at most.
	bounded := func(growth int64, f func(...any) string) func(...any) (string, error) {
		return func(args ...any) (string, error) {
			size, err := printedSize(args)
			if err != nil {
				return "", err
			}
			c.Reserve(growth * size)
			return f(args...), nil
		}
	}
	return template.FuncMap{
		shownName: func(v any) (any, error) { return shown(c, v) },
		"eq":      equalsAny,
		"ne": func(a, b any) (bool, error) {
			same, err := equal(a, b)
			return !same && err == nil, err
		},
		"print":    bounded(1, fmt.Sprint),
		"println":  bounded(1, fmt.Sprintln),
		"html":     bounded(6, template.HTMLEscaper),
		"js":       bounded(6, template.JSEscaper),
		"urlquery": bounded(3, template.URLQueryEscaper),
		"printf": func(format string, args ...any) (string, error) {
			size, err := printedSize(args)
			if err != nil {
				return "", err
			}
			if wide(format) {
				return "", errors.New("a width or precision is longer than 2 digits, or *")
			}
			// Every directive may name the same argument.
			c.Reserve(int64(len(format)) + int64(strings.Count(format, "%"))*(6*size+200))
			for i, arg := range args {
				if n, ok := arg.(int); ok {
					args[i] = wholeNumber(n)
				}
			}
			return fmt.Sprintf(format, args...), nil
		},
	}
}

// shownName is the function that each value goes through that is written.
const shownName = "shown"

// longestShown is about how many bytes of a table are written in one go.
const longestShown = 1 << 20

// shown is what is written of a value: of a table it leaves out what is secret, which nobody
// asked for by name.
func shown(c *runtime.Call, v any) (any, error) {
	switch v.(type) {
	case nil:
		return "<no value>", nil // as without a function
	case map[string]any, []any:
		if shownSize(v, longestShown) > longestShown {
			return nil, errors.New("the table is too long to be written whole; use range or a field of it")
		}
		return c.WithoutSecrets(v), nil
	}
	return v, nil
}

// shownSize is about how many bytes a value takes as text; it stops counting beyond most.
func shownSize(v any, most int) int {
	size := 16
	switch v := v.(type) {
	case string:
		size += len(v)
	case []any:
		for i := 0; i < len(v) && size <= most; i++ {
			size += shownSize(v[i], most-size)
		}
	case map[string]any:
		for name, field := range v {
			if size += len(name); size > most {
				break
			}
			size += shownSize(field, most-size)
		}
	}
	return size
}

// equalsAny is eq, which in the library repeats tables in its errors.
func equalsAny(first any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, errors.New("missing argument for comparison")
	}
	for _, other := range others {
		if same, err := equal(first, other); same || err != nil {
			return same, err
		}
	}
	return false, nil
}

func equal(a, b any) (bool, error) {
	for _, v := range []any{a, b} {
		switch v.(type) {
		case map[string]any, []any:
			return false, errors.New("a table cannot be compared")
		}
	}
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	switch {
	case x.CanInt() && y.CanInt():
		return x.Int() == y.Int(), nil
	case a == nil || b == nil:
		return a == b, nil
	case x.Kind() != y.Kind():
		return false, errors.New("incompatible types for comparison")
	}
	return a == b, nil
}

// A wholeNumber is a number of Lua's, which printf may write as a fraction: whether 3 is one
// is nothing that a script can tell.
type wholeNumber int

func (n wholeNumber) Format(s fmt.State, verb rune) {
	var v any = int(n)
	if strings.ContainsRune("eEfFgG", verb) {
		v = float64(n)
	}
	fmt.Fprintf(s, fmt.FormatString(s, verb), v)
}

// printedSize is about how many bytes the arguments take as text.
func printedSize(args []any) (int64, error) {
	var size int64
	for _, arg := range args {
		switch arg := arg.(type) {
		case string:
			size += int64(len(arg))
		case map[string]any, []any:
			return 0, errors.New("a table has no text; use range or a field of it")
		default:
			size += 32
		}
	}
	return size, nil
}

// wide reports a width or precision of a format that is more than 99.
func wide(format string) bool {
	digits := 0
	for _, directive := range strings.Split(format, "%")[1:] {
		for _, r := range directive {
			switch {
			case r == '*':
				return true
			case r >= '0' && r <= '9':
				if digits++; digits > 2 {
					return true
				}
				continue
			}
			digits = 0
			if !strings.ContainsRune("+-# .[]", r) {
				break
			}
		}
		digits = 0
	}
	return false
}
