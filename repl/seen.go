package repl

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A resource is what an answer said of something in a cloud.
type resource struct {
	id, name string
	at       time.Time // of the answer
}

// seenLimit is how many resources of a kind are remembered, the first ones.
const seenLimit = 10_000

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
	if kind == "" {
		return
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return
	}
	r := resource{id: scalar(fields[w.key(kind)]), name: scalar(fields["name"]), at: w.now()}
	if r.id == "" {
		return
	}
	known := w.seen[kind]
	if known == nil {
		known = &resources{at: map[string]int{}}
		w.seen[kind] = known
	}
	known.put(r)
}

// forget drops what a call has destroyed.
func (w *watcher) forget(c *runtime.Call) {
	known := w.seen[c.Verb.Method]
	if known == nil || len(c.Verb.Params) == 0 {
		return
	}
	known.drop(fmt.Sprint(c.Any(c.Verb.Params[0].Name)))
}

// resources are those of a kind that answers have named.
type resources struct {
	list []resource
	at   map[string]int // by id
}

func (r *resources) put(one resource) {
	if i, ok := r.at[one.id]; ok {
		r.list[i] = one
	} else if len(r.list) < seenLimit {
		r.at[one.id] = len(r.list)
		r.list = append(r.list, one)
	}
}

func (r *resources) drop(id string) {
	r.list = slices.DeleteFunc(r.list, func(one resource) bool { return one.id == id })
	clear(r.at)
	for i, one := range r.list {
		r.at[one.id] = i
	}
}

// known are the resources of a kind, nil if none has been named.
func (w *watcher) known(kind string) []resource {
	if r := w.seen[kind]; r != nil {
		return r.list
	}
	return nil
}

// age says how many resources of a kind are known, and how old the news of the
// oldest is: candidates come from answers, and no call is made for them.
func (w *watcher) age(kind string) string {
	list := w.known(kind)
	if len(list) == 0 {
		return ""
	}
	oldest := slices.MinFunc(list, func(a, b resource) int { return a.at.Compare(b.at) })
	age := w.now().Sub(oldest.at)
	if age < time.Second {
		return fmt.Sprintf("%d known, as of now", len(list))
	}
	return fmt.Sprintf("%d known, as of %s ago", len(list), seconds(age))
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
