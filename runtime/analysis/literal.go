package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

func isNil(e syntax.Expr) bool {
	c, ok := e.(*syntax.Constant)
	return ok && c.Text == "nil"
}

// literal checks an argument whose value, or at least whose type, stands in the
// source.
func (w *walker) literal(v *runtime.Verb, p *runtime.Param, arg syntax.Expr) {
	got, shown := literalType(arg)
	if got == "" || p.Type == runtime.Handle {
		return
	}
	if p.Type == runtime.Any {
		if got == "function" {
			w.report.add(arg.At(), WrongType, fmt.Sprintf("%s: parameter %q: expected a value without functions, got a function", v.Name, p.Name), "")
		}
		return
	}
	if !slices.Contains(accepted[p.Type], got) {
		w.report.add(arg.At(), WrongType, fmt.Sprintf("%s: parameter %q: expected %s, got %s", v.Name, p.Name, article(p.Type), conceal(p, got, shown)), "")
		return
	}
	if why, hint := wrongValue(p, arg); why != "" {
		w.report.add(arg.At(), WrongValue, fmt.Sprintf("%s: parameter %q: %s", v.Name, p.Name, why), hint)
	}
}

// accepted are the Lua types that a parameter takes.
var accepted = map[runtime.Type][]string{
	runtime.String: {"string"}, runtime.Number: {"number"}, runtime.Integer: {"number"}, runtime.Boolean: {"boolean"},
	runtime.Duration: {"number", "string"}, runtime.ID: {"number", "string", "table"},
	runtime.Table: {"table"}, runtime.List: {"table"}, runtime.Strings: {"table"}, runtime.Callback: {"function"},
}

// literalType is the Lua type of an expression, "" if it cannot be told, and the
// value as a message shows it.
func literalType(e syntax.Expr) (typ, shown string) {
	switch e := e.(type) {
	case *syntax.Number:
		return "number", "the number " + luanum.FormatExact(e.Value)
	case *syntax.String:
		if len(e.Value) > 40 {
			return "string", "a string"
		}
		return "string", "the string " + strconv.Quote(e.Value)
	case *syntax.Constant:
		if e.Text != "nil" {
			return "boolean", e.Text
		}
	case *syntax.Table:
		return "table", "a table"
	case *syntax.Function:
		return "function", "a function"
	case *syntax.Unary:
		if n, ok := numeral(e); ok {
			return "number", "the number " + luanum.FormatExact(n)
		}
		if e.Op == "not" {
			return "boolean", "a boolean"
		}
	}
	return "", ""
}

// conceal keeps the value of a secret parameter out of messages.
func conceal(p *runtime.Param, typ, shown string) string {
	if p.Secret {
		return "a " + typ
	}
	return shown
}

// numeral is a number with or without a minus.
func numeral(e syntax.Expr) (float64, bool) {
	switch e := e.(type) {
	case *syntax.Number:
		return e.Value, true
	case *syntax.Unary:
		if n, ok := e.X.(*syntax.Number); ok && e.Op == "-" {
			return -n.Value, true
		}
	}
	return 0, false
}

func wrongValue(p *runtime.Param, e syntax.Expr) (why, hint string) {
	switch e := e.(type) {
	case *syntax.String:
		return wrongText(p, e.Value)
	case *syntax.Table:
		return wrongShape(p, e), ""
	}
	if n, ok := numeral(e); ok && p.Type == runtime.Integer && n != math.Trunc(n) {
		return "expected a whole number, got " + luanum.FormatExact(n), ""
	}
	return "", ""
}

func wrongText(p *runtime.Param, s string) (why, hint string) {
	switch {
	case p.Type == runtime.Duration:
		if _, err := time.ParseDuration(s); err != nil {
			return fmt.Sprintf(`expected a duration such as "90s", "10m" or "1h30m", got %q`, s), ""
		}
	case p.Type == runtime.ID && s == "":
		return "expected an id, got an empty string", ""
	case len(p.Enum) > 0 && !slices.ContainsFunc(p.Enum, func(e string) bool { return strings.EqualFold(e, s) }):
		if near := nearest.Name(s, p.Enum); near != "" {
			hint = didYouMean(strconv.Quote(near))
		}
		return fmt.Sprintf("expected one of %s, got %q", strings.Join(p.Enum, ", "), s), hint
	}
	return "", ""
}

// wrongShape tells lists from tables by name, and tables with an id from others.
func wrongShape(p *runtime.Param, t *syntax.Table) string {
	items, named, computed, id := 0, 0, 0, false
	for _, f := range t.Fields {
		switch key := f.Key.(type) {
		case nil:
			items++
		case *syntax.String:
			named++
			id = id || key.Value == "id"
		default:
			computed++
		}
	}
	switch {
	case p.Type == runtime.ID && !id && computed == 0:
		return `expected an id or an object that has one, got a table without "id"`
	case p.Type == runtime.List && named > 0:
		return "expected a list, got a table with names as keys"
	case (p.Type == runtime.Table || p.Type == runtime.Strings) && items > 0 && named == 0:
		return "expected a table with names as keys, got a list"
	}
	return ""
}

// article is a type as in "expected a string".
func article(t runtime.Type) string {
	if t == runtime.ID {
		return "an id"
	}
	return "a " + t.String()
}
