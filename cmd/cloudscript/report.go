package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
)

// report prints an error and returns the exit code that it means.
func (s *streams) report(err error) int {
	code := exitCode(err)
	if err == nil || isQuiet(err) {
		return code
	}
	if s.json {
		s.writeJSON(map[string]any{"error": errorJSON(err)})
		return code
	}
	fmt.Fprint(s.err, s.errorText(err))
	return code
}

// isQuiet reports whether there is nothing to say: the script ended itself with a
// status, or the error was printed already.
func isQuiet(err error) bool {
	var (
		e       *runtime.Error
		printed saidError
	)
	return errors.As(err, &printed) || errors.As(err, &e) && e.Kind == runtime.Exit
}

// errorText is an error for people, ending in a line end.
func (s *streams) errorText(err error) string {
	var (
		failure  *runtime.Error
		usage    *usageError
		client   *apiclient.Error
		mistakes header.Mistakes
	)
	switch {
	case errors.As(err, &mistakes):
		var b strings.Builder
		for _, e := range mistakes {
			b.WriteString(e.Render(runtime.RenderOptions{Color: s.color()}))
		}
		return b.String()
	case errors.As(err, &failure):
		return failure.Render(runtime.RenderOptions{Color: s.color()})
	case errors.As(err, &usage):
		failure = &runtime.Error{Message: usage.message, Hint: usage.hint}
	case errors.As(err, &client):
		failure = &runtime.Error{Message: client.Summary(), Hint: client.Hint}
	default:
		failure = &runtime.Error{Message: err.Error()}
	}
	return failure.Render(runtime.RenderOptions{Color: s.color()})
}

// writeJSON prints a value as one indented document on standard output.
func (s *streams) writeJSON(v any) error {
	e := json.NewEncoder(s.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// An errorDocument is an error under --json. Empty members are left out.
type errorDocument struct {
	Kind       string          `json:"kind"`
	Message    string          `json:"message"`
	Verb       string          `json:"verb,omitempty"`
	Status     int             `json:"status,omitempty"`
	RetryAfter float64         `json:"retry_after,omitempty"` // seconds
	RequestID  string          `json:"request_id,omitempty"`
	Details    string          `json:"details,omitempty"`
	Hint       string          `json:"hint,omitempty"`
	File       string          `json:"file,omitempty"`
	Line       int             `json:"line,omitempty"`
	Column     int             `json:"column,omitempty"`
	Stack      []frameDocument `json:"stack,omitempty"`
	ExitCode   int             `json:"exit_code"`
}

type frameDocument struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Function string `json:"function"`
}

func errorJSON(err error) errorDocument {
	var (
		failure *runtime.Error
		usage   *usageError
		client  *apiclient.Error
	)
	d := errorDocument{Kind: "internal", Message: err.Error(), ExitCode: exitCode(err)}
	switch {
	case errors.As(err, &failure):
		d.Kind, d.Message, d.Verb = string(failure.Kind), failure.Message, failure.Verb
		d.Status, d.RequestID, d.Details = failure.Status, failure.RequestID, failure.Details
		d.RetryAfter, d.Hint = failure.RetryAfter.Seconds(), failure.Hint
		d.File, d.Line, d.Column = failure.Position.File, failure.Position.Line, failure.Position.Column
		for _, f := range failure.Stack {
			d.Stack = append(d.Stack, frameDocument{File: f.Position.File, Line: f.Position.Line, Function: f.Function})
		}
	case errors.As(err, &usage):
		d.Kind, d.Message, d.Hint = "usage", usage.message, usage.hint
	case errors.As(err, &client):
		d.Kind, d.Message, d.Hint = string(client.Kind), strings.TrimSpace(client.Summary()), client.Hint
	}
	return d
}
