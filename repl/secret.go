package repl

import (
	"slices"

	"github.com/cloudscript/cloudscript/runtime"
)

// hidden stands where a secret is.
const hidden = "[secret]"

// secrets are the names of the fields that declarations call secret.
func (p *Prompt) secrets() []string {
	var names []string
	for _, o := range p.place.Runtime.Objects() {
		for _, f := range o.Fields {
			if f.Secret {
				names = append(names, f.Name)
			}
		}
	}
	return sorted(names)
}

// holdsSecret reports whether an entry seems to hold a secret: by HoldsSecret,
// or because it has a text and calls a verb that takes a secret.
func (p *Prompt) holdsSecret(entry string) bool {
	if HoldsSecret(entry) {
		return true
	}
	if !anyText.MatchString(entry) {
		return false
	}
	tokens := code(entry)
	for i, t := range tokens {
		if t.kind != nameToken {
			continue
		}
		v := p.place.Runtime.Verb(path(tokens[i:]))
		if v != nil && slices.ContainsFunc(v.Params, func(param runtime.Param) bool { return param.Secret }) {
			return true
		}
	}
	return false
}

// masked is a value in Go form with what declarations call secret hidden, and
// what looks like a key by its name too.
func masked(v any, secrets []string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = masked(item, secrets)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, item := range v {
			if _, text := item.(string); slices.Contains(secrets, key) || text && secretName.MatchString(key) {
				out[key] = hidden
				continue
			}
			out[key] = masked(item, secrets)
		}
		return out
	}
	return v
}
