package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// callArguments reads the words behind the verb into arguments by name.
func callArguments(verb *runtime.Verb, words []string) (map[string]any, error) {
	params := map[string]any{}
	position := 0
	for _, word := range words {
		name, text, named := strings.Cut(word, "=")
		if !named || !isName(name) {
			for position < len(verb.Params) && (verb.Params[position].Named || params[verb.Params[position].Name] != nil) {
				position++
			}
			if position == len(verb.Params) {
				return nil, &usageError{message: fmt.Sprintf("%s: %q is one argument too many", verb.Name, word), hint: "it is called as " + verb.Signature()}
			}
			name, text = verb.Params[position].Name, word
		}
		param := findParam(verb, name)
		if param == nil {
			return nil, unknownParam(verb, name)
		}
		if _, ok := params[name]; ok {
			return nil, &usageError{message: fmt.Sprintf("%s: %s is given twice", verb.Name, name), hint: "keep one of them"}
		}
		value, err := argument(param, text)
		if err != nil {
			return nil, &usageError{message: fmt.Sprintf("%s: %s=%s: %s", verb.Name, name, shown(param, text), err), hint: fmt.Sprintf("%s is a %s", name, param.Type)}
		}
		params[name] = value
	}
	return params, nil
}

func isName(text string) bool {
	for i, r := range text {
		if r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return text != ""
}

func findParam(verb *runtime.Verb, name string) *runtime.Param {
	for i := range verb.Params {
		if verb.Params[i].Name == name {
			return &verb.Params[i]
		}
	}
	return nil
}

func unknownParam(verb *runtime.Verb, name string) error {
	var names []string
	for _, p := range verb.Params {
		names = append(names, p.Name)
	}
	e := &usageError{message: fmt.Sprintf("%s has no parameter %q", verb.Name, name), hint: "it is called as " + verb.Signature()}
	if near := nearest.Name(name, names); near != "" {
		e.hint = "did you mean " + near + "?"
	}
	return e
}

// shown is an argument in an error.
func shown(p *runtime.Param, text string) string {
	if p.Secret {
		return "…"
	}
	return text
}

// argument turns a word into what the parameter takes. What the word cannot tell
// is left to the check that every call passes.
func argument(p *runtime.Param, text string) (any, error) {
	switch p.Type {
	case runtime.Number, runtime.Integer:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, errors.New("not a number")
		}
		return n, nil
	case runtime.Duration:
		if seconds, err := strconv.ParseFloat(text, 64); err == nil {
			return seconds, nil
		}
	case runtime.Boolean:
		switch strings.ToLower(text) {
		case "true", "yes":
			return true, nil
		case "false", "no":
			return false, nil
		}
		return nil, errors.New("neither true nor false")
	case runtime.Table, runtime.List, runtime.Strings:
		return decodeJSON(text)
	case runtime.Callback:
		return nil, errors.New("a function can be given by a script only")
	case runtime.Any, runtime.Handle:
		if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
			return decodeJSON(text)
		}
	}
	return text, nil
}

func decodeJSON(text string) (any, error) {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	return v, nil
}
