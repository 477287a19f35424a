package bindings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// A named is a row of a short list.
type named struct {
	ID   rackspace.ID `json:"id"`
	Name string       `json:"name"`
}

// names finds flavors and images by name. It keeps the list for a minute, because a script that
// creates fifty servers asks for the same two names fifty times; a name that is not in the kept
// list is looked for in a new one before it is unknown.
type names struct {
	what string // "flavor"
	list listing

	mu      sync.Mutex
	rows    []named
	at      time.Time
	loading *loading
}

// A loading is one list that any number of tasks wait for.
type loading struct {
	done  chan struct{}
	rows  []named
	err   error
	ended bool // err is the end of the task that asked, and says nothing to the others
}

const namesLife = time.Minute

func newFlavorNames(client *rackspace.Client) *names {
	return &names{what: "flavor", list: client.Flavors}
}

func newImageNames(client *rackspace.Client) *names {
	return &names{what: "image", list: client.Images}
}

// id is the id of what a script gave: an id, which is digits, or a name, whatever its case.
func (n *names) id(ctx context.Context, clock runtime.Clock, text string) (rackspace.ID, error) {
	if text == "" || !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		return rackspace.ID(text), nil
	}
	rows, fresh, err := n.kept(ctx, clock)
	if err != nil {
		return "", failure(err)
	}
	found := matching(rows, text)
	if len(found) == 0 && !fresh {
		if rows, err = n.fetch(ctx, clock); err != nil {
			return "", failure(err)
		}
		found = matching(rows, text)
	}
	switch len(found) {
	case 1:
		return found[0].ID, nil
	case 0:
		return "", n.unknown(text, rows)
	}
	e := runtime.Errorf(runtime.Usage, "%d %ss are named %q", len(found), n.what, found[0].Name)
	var ids []string
	for _, row := range found {
		ids = append(ids, string(row.ID))
	}
	e.Hint = "give the id: " + strings.Join(ids, " or ")
	return "", e
}

// matching are the rows of that name; if there are none that differ in nothing but case, or the
// one whose id it is on servers whose ids are no numbers.
func matching(rows []named, text string) (found []named) {
	for _, same := range []func(named) bool{
		func(r named) bool { return r.Name == text },
		func(r named) bool { return strings.EqualFold(r.Name, text) },
		func(r named) bool { return string(r.ID) == text },
	} {
		for _, row := range rows {
			if same(row) {
				found = append(found, row)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func (n *names) unknown(text string, rows []named) error {
	e := runtime.Errorf(runtime.NotFound, "no %s is named %q", n.what, text)
	const most = 5
	var near []string
	for _, row := range nearRows(rows, text) {
		near = append(near, fmt.Sprintf("%q (%s)", row.Name, row.ID))
	}
	switch {
	case len(near) > most:
		e.Hint = "did you mean " + strings.Join(near[:most], ", ") + fmt.Sprintf(", or one of %d more?", len(near)-most)
	case len(near) > 0:
		e.Hint = "did you mean " + strings.Join(near, ", ") + "?"
	default:
		e.Hint = n.what + "s.list() shows them all"
	}
	return e
}

// nearRows are the rows that a person may have meant: those whose names hold the text, else
// those that are a slip of the hand away, else those that share a word.
func nearRows(rows []named, text string) []named {
	text = strings.ToLower(text)
	words := strings.Fields(text)
	for _, near := range []func(name string) bool{
		func(name string) bool { return strings.Contains(name, text) },
		func(name string) bool { return nearest.Within(2, name, text) },
		func(name string) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(name, word) })
		},
	} {
		var found []named
		for _, row := range rows {
			if near(strings.ToLower(row.Name)) {
				found = append(found, row)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func (n *names) kept(ctx context.Context, clock runtime.Clock) (rows []named, fresh bool, err error) {
	n.mu.Lock()
	rows, at := n.rows, n.at
	n.mu.Unlock()
	if rows != nil && clock.Now().Sub(at) < namesLife {
		return rows, false, nil
	}
	rows, err = n.fetch(ctx, clock)
	return rows, true, err
}

// fetch gets the list, once for all tasks that want it at the same time. If the task that gets
// it is cancelled, another one does.
func (n *names) fetch(ctx context.Context, clock runtime.Clock) ([]named, error) {
	for {
		n.mu.Lock()
		l := n.loading
		mine := l == nil
		if mine {
			l = &loading{done: make(chan struct{})}
			n.loading = l
		}
		n.mu.Unlock()
		if mine {
			n.load(ctx, clock, l)
			return l.rows, l.err
		}
		if err := clock.Wait(ctx, l.done); err != nil {
			var none apiclient.Redactor
			return nil, none.Ended(ctx, &apiclient.Request{}, "waiting for the list of "+n.what+"s", err)
		}
		if !l.ended {
			return l.rows, l.err
		}
	}
}

func (n *names) load(ctx context.Context, clock runtime.Clock, l *loading) {
	l.rows, l.err = n.all(ctx)
	l.ended = l.err != nil && context.Cause(ctx) != nil
	n.mu.Lock()
	defer n.mu.Unlock()
	n.loading = nil
	if l.err == nil {
		n.rows, n.at = l.rows, clock.Now()
	}
	close(l.done)
}

func (n *names) all(ctx context.Context) ([]named, error) {
	rows := []named{}
	for page, err := range n.list.Pages(ctx, rackspace.ListOptions{}) {
		if err != nil {
			return nil, err
		}
		for _, raw := range page.Items {
			var row named
			if json.Unmarshal(raw, &row) == nil {
				rows = append(rows, row)
			}
		}
	}
	return rows, nil
}
