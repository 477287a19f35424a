package repl

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A watcher stands in the door of a prompt's sessions. It knows the last calls
// and the resources that their answers named, and it refuses calls while the
// prompt itself looks at values: completing must not act.
type watcher struct {
	key     func(objectType string) string
	outlive bool // tasks outlive entries
	quiet   bool
	clock   runtime.Clock         // of the calls; nil before the first
	calls   []call                // the last ones, oldest first
	active  map[string]activeCall // under way, by their paths
	begun   int                   // calls so far
	earlier int                   // the calls of earlier entries itself made
	last    int                   // the latest call of an entry itself
	entry   tally                 // of the entry under way, or the last one
	behind  tally                 // of what goes on in the background
	seen    map[string]*resources
}

// A call is one that reached out of the program. Its arguments are not kept:
// they may be secrets.
type call struct {
	verb    string
	effect  runtime.Effect
	took    time.Duration
	outcome string
}

// An activeCall is one under way.
type activeCall struct {
	number int // in the order in which they began
	verb   string
}

// A tally sums up the calls of an entry.
type tally struct {
	calls, failed int
	waited        time.Duration
}

// callLimit is how many calls are remembered.
const callLimit = 200

func newWatcher(place *Place, outlive bool) *watcher {
	return &watcher{outlive: outlive, seen: map[string]*resources{}, active: map[string]activeCall{},
		key: func(objectType string) string {
			if o := place.Runtime.Object(objectType); o != nil && o.Key != "" {
				return o.Key
			}
			return "id"
		}}
}

// link is the watcher's place in the door.
func (w *watcher) link(next runtime.Handler) runtime.Handler {
	return func(ctx context.Context, c *runtime.Call) (any, error) {
		if w.quiet {
			return nil, runtime.Errorf(runtime.Denied, "no call while the prompt looks at values")
		}
		w.clock = c.Clock()
		path, start := c.Path(), w.now()
		first, _ := strconv.Atoi(path[:span(path, "0123456789")])
		w.last = max(w.last, first)
		w.begun++
		w.active[path] = activeCall{w.begun, c.Verb.Name}
		defer delete(w.active, path)
		result, err := next(ctx, c)
		took := w.now().Sub(start)
		tally := &w.entry
		if first <= w.earlier {
			tally = &w.behind
		}
		if c.Verb.Effect == runtime.Local {
			if c.Verb.Func != nil {
				tally.waited += took // time.sleep
			}
			return result, err
		}
		tally.calls++
		tally.waited += took
		record := call{verb: c.Verb.Name, effect: c.Verb.Effect, took: took, outcome: "ok"}
		if err != nil {
			tally.failed++
			record.outcome = "failed"
			var e *runtime.Error
			if errors.As(err, &e) {
				record.outcome = string(e.Kind)
			}
		}
		if w.calls = append(w.calls, record); len(w.calls) > callLimit {
			w.calls = w.calls[1:]
		}
		w.look(result)
		if err == nil && c.Verb.Effect == runtime.Destroy {
			w.forget(c)
		}
		return result, err
	}
}

// begin begins an entry. Calls that tasks of earlier entries make are not its own.
func (w *watcher) begin() {
	w.entry = tally{}
	if w.outlive { // else the calls of each entry are counted from 1
		w.earlier = w.last
	}
}

// restart is for a new session, whose calls are counted from 1 again.
func (w *watcher) restart() { w.earlier, w.last = 0, 0 }

// now is the time on the clock of the calls.
func (w *watcher) now() time.Time {
	if w.clock == nil {
		return time.Time{}
	}
	return w.clock.Now()
}

// silently runs f while no verb can be called.
func (w *watcher) silently(f func()) {
	w.quiet = true
	defer func() { w.quiet = false }()
	f()
}

// String is the last calls, a line each.
func (w *watcher) String() string {
	if len(w.calls) == 0 {
		return "no calls yet\n"
	}
	widest := 0
	for _, c := range w.calls {
		widest = max(widest, len(c.verb))
	}
	var b strings.Builder
	for _, c := range w.calls {
		fmt.Fprintf(&b, "%-*s  %-7s  %8s  %s\n", widest, c.verb, c.effect, seconds(c.took), c.outcome)
	}
	return b.String()
}

// seconds is a duration for people.
func seconds(d time.Duration) string {
	switch {
	case d > 0 && d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}
