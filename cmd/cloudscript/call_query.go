package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/itchyny/gojq"
)

// A query is a jq expression that picks from what a verb returned.
type query struct {
	text string
	code *gojq.Code
}

// parseQuery compiles an expression before anything is called. It sees neither
// files nor the environment.
func parseQuery(text string) (*query, error) {
	parsed, err := gojq.Parse(text)
	if err == nil {
		var code *gojq.Code
		if code, err = gojq.Compile(parsed); err == nil {
			return &query{text, code}, nil
		}
	}
	return nil, &usageError{message: fmt.Sprintf("--query %s: %v", text, err), hint: "it is a jq expression, such as '.[].name' or '.id'"}
}

// print writes each result on a line: texts as they are, or as JSON if asked for,
// everything else as JSON.
func (q *query) print(ctx context.Context, s *streams, input any, quoteTexts bool) error {
	input, err := plainJSON(input)
	if err != nil {
		return err
	}
	results := q.code.RunWithContext(ctx, input)
	for {
		v, ok := results.Next()
		if !ok {
			return nil
		}
		if err, ok := v.(error); ok {
			return q.failure(err)
		}
		if text, ok := v.(string); ok && !quoteTexts {
			if _, err := fmt.Fprintln(s.out, text); err != nil {
				return err
			}
			continue
		}
		line, err := gojq.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(s.out, "%s\n", line); err != nil {
			return err
		}
	}
}

// failure is an error that the expression met, nil if it ended itself.
func (q *query) failure(err error) error {
	var halt *gojq.HaltError
	if errors.As(err, &halt) && halt.Value() == nil {
		return nil
	}
	return &runtime.Error{Kind: runtime.Script, Message: fmt.Sprintf("--query %s: %v", q.text, err), Hint: "with --json instead the whole result is printed"}
}

// plainJSON turns a value in Go form into what jq works on.
func plainJSON(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var plain any
	err = json.Unmarshal(text, &plain)
	return plain, err
}
