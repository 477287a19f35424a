package repl

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A still clock stands until it is set.
type still struct {
	clock.Clock
	at time.Time
}

func (s *still) Now() time.Time { return s.at }

func TestResourcesAreKnownWithTheirAge(t *testing.T) {
	now := &still{at: time.Unix(1000, 0)}
	w := newWatcher(&Place{Runtime: newRuntime(t)}, false)
	w.clock = now
	if got := w.age("server"); got != "" {
		t.Errorf("of nothing: %q", got)
	}
	see := func(id int, name string) { w.remember("server", fmt.Appendf(nil, `{"id":%d,"name":%q}`, id, name)) }
	see(1, "web1")
	now.at = now.at.Add(90 * time.Second)
	see(2, "web2")
	if got := w.age("server"); got != "2 known, as of 1m30s ago" {
		t.Errorf("the older one counts: %q", got)
	}
	see(1, "renamed")
	if got := w.age("server"); got != "2 known, as of now" {
		t.Errorf("seen again: %q", got)
	}
	w.seen["server"].drop("2")
	see(3, "web3")
	see(3, "web3")
	var names []string
	for _, r := range w.known("server") {
		names = append(names, r.id+" "+r.name)
	}
	if want := []string{"1 renamed", "3 web3"}; !slices.Equal(names, want) {
		t.Errorf("known: %q, want %q", names, want)
	}
	for i := range 2 * seenLimit {
		see(100+i, "x")
	}
	if n := len(w.known("server")); n != seenLimit {
		t.Errorf("%d are remembered", n)
	}
}
