package repl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/runtime"
)

// lastValue is the last value, or an error if there is none.
func (p *Prompt) lastValue() (runtime.Value, error) {
	if len(p.results) == 0 {
		return runtime.Value{}, p.refuse("there is no value yet; an expression gives one")
	}
	if kind := p.results[0].Kind(); kind == runtime.FunctionValue || kind == runtime.ThreadValue {
		return runtime.Value{}, p.refuse("the last value is a %s, which has no other form", kind)
	}
	return p.results[0], nil
}

// data is the last value in Go form without secrets, for a format that is called so. What
// no format holds is refused; in Go form it would be nothing.
func (p *Prompt) data(format string) (any, error) {
	v, err := p.lastValue()
	if err != nil {
		return nil, err
	}
	data, err := v.Form()
	if none := new(runtime.NoForm); errors.As(err, &none) {
		return nil, p.refuse("the value has no form in %s: it holds %s at _%s", format, none.What, columns.Fit(none.At, pathWidth))
	}
	return masked(data, p.secrets()), nil
}

// pathWidth is how many columns of a path a person reads.
const pathWidth = 60

func (p *Prompt) json(context.Context, string) error {
	data, err := p.data("JSON")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(data); err != nil {
		if number := new(json.UnsupportedValueError); errors.As(err, &number) {
			return p.refuse("the value has no form in JSON: it holds the number %s", number.Str)
		}
		return p.refuse("the value has no form in JSON: %v", err)
	}
	return p.show(b.String())
}

func (p *Prompt) yaml(context.Context, string) error {
	data, err := p.data("YAML")
	if err != nil {
		return err
	}
	text, err := p.YAML(data)
	if err != nil {
		return p.refuse("the value has no form in YAML: %v", err)
	}
	return p.show(string(text))
}

// table shows the last value as a table: a list of tables a row each, one object
// as one row, anything else a row for each key.
func (p *Prompt) table(ctx context.Context, _ string) error {
	v, err := p.lastValue()
	if err != nil {
		return err
	}
	if v.Kind() != runtime.TableValue {
		return p.refuse("the last value is a %s, and only tables have rows", v.Kind())
	}
	source := `(function(t)
		if type(t[1]) == "table" then return t end
		local rows = {}
		for k, v in next, t do rows[#rows + 1] = {key = k, value = v} end
		return rows
	end)(_1)`
	if v.Type() != "" {
		source = "{_1}"
	}
	rows := p.look(source)
	if len(rows) == 0 || rows[0].Len() == 0 {
		return p.refuse("the last value is an empty table")
	}
	return p.print(ctx, rows)
}
