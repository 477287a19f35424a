package stdlib

import (
	"errors"
	"fmt"
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
