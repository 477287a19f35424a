package repl

import (
	"encoding/json"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A resource is what an answer said of something in a cloud.
type resource struct{ kind, id, name string }

// seenLimit is how many resources of a kind are remembered, the first ones.
const seenLimit = 1000

// look remembers the resources in an answer.
func (w *watcher) look(answer any) {
	switch a := answer.(type) {
	case runtime.JSON:
		w.remember(a.Type, a.Raw)
	case runtime.Rows:
		for _, raw := range a.Raw {
			w.remember(a.Type, raw)
		}
	case runtime.Results:
		for _, part := range a {
			w.look(part)
		}
	}
}

func (w *watcher) remember(kind string, raw []byte) {
	if kind == "" || len(w.seen[kind]) >= seenLimit {
		return
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return
	}
	r := resource{kind: kind, id: scalar(fields[w.key(kind)]), name: scalar(fields["name"])}
	if r.id == "" || w.hasSeen[r] {
		return
	}
	w.hasSeen[r] = true
	w.seen[kind] = append(w.seen[kind], r)
}

// scalar is the text of a JSON text or number.
func scalar(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	if len(raw) > 0 && strings.ContainsRune("-0123456789", rune(raw[0])) {
		return string(raw)
	}
	return ""
}
