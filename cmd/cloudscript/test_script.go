package main

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
)

func scriptVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.script",
		Doc: "Runs a script as cloudscript run does, with the types and defaults that its header declares. A script runs once in a " +
			"test. Returns what the script returns first.",
		Params: []runtime.Param{
			{Name: "name", Type: runtime.String, Required: true, Doc: `as require takes it: "lib.deploy" is lib/deploy.lua`},
			{Name: "params", Type: runtime.Table, Doc: "values by name; a text is read as on the command line"},
		},
		Returns: "any",
		Example: `test("deploys", function(t)
  t.script("deploy", {names = {"web1", "web2"}, wait = "5m"})
  t.equal(#servers.list(), 2)
end)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			name := c.String("name")
			file, src, err := w.require(name)
			switch {
			case err != nil:
				return nil, runtime.Errorf(runtime.Usage, "there is no script %q: %v", name, err)
			case w.required[file]:
				e := runtime.Errorf(runtime.Usage, "%s has run in this test already", file)
				e.Hint = "write another test: each has clouds and globals of its own"
				return nil, e
			}
			if _, err := runtime.Compile(file, src); err != nil {
				return nil, err // with the place in the script, as a run tells it
			}
			params, err := scriptParams(file, src, c.Table("params"))
			if err != nil {
				return nil, err
			}
			results, err := c.Apply(w.play, name, params)
			if err != nil || len(results) == 0 {
				return nil, err
			}
			return results[0], nil
		},
	}
}

// playing is a function that runs a script.
const playing = `function(name, values) params = values return require(name) end`

// scriptParams are what a script finds in params.
func scriptParams(file string, src []byte, given map[string]any) (map[string]any, error) {
	h, err := parseHeader(file, src)
	if err != nil {
		return nil, err
	}
	texts := map[string]any{}
	for name, value := range given {
		text, ok := paramText(value)
		if !ok {
			return nil, runtime.Errorf(runtime.Usage, "params.%s: expected what can be written on a command line: a text, a number, a boolean, or a list of them without commas", name)
		}
		texts[name] = text
	}
	values, err := h.Values(texts)
	var wrong *header.Error
	if errors.As(err, &wrong) {
		e := runtime.Errorf(runtime.Usage, "params.%s: %s", wrong.Param, wrong.Message)
		e.Hint = wrong.Hint
		return nil, e
	}
	return values, err
}

// paramText is a value as it would be written on a command line.
func paramText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case json.Number:
		return v.String(), true
	case []any:
		var items []string
		for _, item := range v {
			text, ok := paramText(item)
			if _, nested := item.([]any); !ok || nested || strings.Contains(text, ",") {
				return "", false
			}
			items = append(items, text)
		}
		return strings.Join(items, ","), true
	}
	return "", false
}
