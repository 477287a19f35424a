package runtime

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestProgress(t *testing.T) {
	var got []ProgressEvent
	rt := newCloud(t, func(c *Config) { c.OnProgress = func(e ProgressEvent) { got = append(got, e) } })
	prints(t, rt, `print(try.progress())`, "1\n")
	want := []ProgressEvent{
		{RunID: "run", Path: "1", Verb: "try.progress", Progress: Progress{Line: "40%"}},
		{RunID: "run", Path: "1", Verb: "try.progress", Ended: true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

// Whatever ends a call that told of its progress, its end is told as well: what
// shows progress must not show it for ever.
func TestProgressCountsAndEnds(t *testing.T) {
	for source, want := range map[string]string{
		`try.each({1, 2, 3}, function() try.progress() end)`:                                     "0 of 3, 1 of 3, 2 of 3, 3 of 3",
		`try.each({1}, function() try.progress() end)`:                                           "",
		`try.each({1, 2}, function(i) if i == 1 then try.fail() end try.sleep(5) end)`:           "0 of 2, 1 of 2",
		`try.each({1, 2}, function(i) try.fail() end, {collect = true})`:                         "0 of 2, 1 of 2, 2 of 2",
		`try.each({1, 2}, function(i) try.progress() try.exit(3) end)`:                           "0 of 2",
		`try.each({1, 2}, function(i) try.apply(function() try.progress() error("no") end) end)`: "0 of 2, 1 of 2",
	} {
		var mu sync.Mutex
		active := map[string]bool{}
		var lines []string
		rt := newCloud(t, func(c *Config) {
			c.OnProgress = func(e ProgressEvent) {
				mu.Lock()
				defer mu.Unlock()
				if active[e.Path] = true; e.Ended {
					delete(active, e.Path)
				} else if e.Verb == "try.each" {
					lines = append(lines, e.Line)
				}
			}
		})
		_, _ = script(t, rt, source)
		if got := strings.Join(lines, ", "); got != want || len(active) != 0 {
			t.Errorf("%s\ngot  %s\nwant %s\nstill active: %v", source, got, want, active)
		}
	}
}
