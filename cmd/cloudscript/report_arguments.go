package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// maxReportArgument is how many bytes of an argument are shown.
const maxReportArgument = 120

// arguments are a call's arguments on one line.
func (r *runReport) arguments(c *runtime.Call) string {
	opaque := map[string]bool{} // shown as their type in Lua
	for _, p := range c.Verb.Params {
		opaque[p.Name] = p.Type == runtime.Handle || p.Type == runtime.Callback
	}
	var parts []string
	for _, a := range c.Arguments() {
		text := fmt.Sprint(a.Value)
		if !opaque[a.Name] {
			text = shorten(r.redact.Text(argumentText(r.withoutSecretFields(a.Value))), maxReportArgument)
		}
		parts = append(parts, a.Name+"="+text)
	}
	return strings.Join(parts, ", ")
}

func argumentText(v any) string {
	if d, ok := v.(time.Duration); ok {
		return d.String()
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // such as a NaN
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// secretField are the names of fields that tables hold secrets under. They are
// not declared where a table is passed on as it is, as by vm.call.
var secretField = lazyregexp.New(`(?i)(pass|password|passwd|secret|token|key|signature)$`)

// withoutSecretFields is the value with its secrets replaced, at any depth, and
// learns them.
func (r *runReport) withoutSecretFields(v any) any {
	switch v := v.(type) {
	case map[string]any:
		clean := make(map[string]any, len(v))
		for name, field := range v {
			clean[name] = r.withoutSecretFields(field)
			if secretField.MatchString(name) {
				clean[name] = apiclient.Redacted
				if text, ok := field.(string); ok {
					r.redact.Learn(apiclient.Secret(text))
				}
			}
		}
		return clean
	case map[string]string:
		clean := make(map[string]any, len(v))
		for name, field := range v {
			clean[name] = field
		}
		return r.withoutSecretFields(clean)
	case []any:
		clean := make([]any, len(v))
		for i, item := range v {
			clean[i] = r.withoutSecretFields(item)
		}
		return clean
	}
	return v
}

// learn keeps the values of parameters whose names say that they are secret from
// the page.
func (r *runReport) learn(params map[string]any) {
	if r != nil {
		r.withoutSecretFields(params)
	}
}

// shorten cuts a text to a number of bytes, between characters.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit] + "…"
}
