package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

var reportEpoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// drawn is a call from one second of the run to another; order is its place
// among the beginnings, and its end comes before the next call's beginning
// unless it takes time.
func drawn(order int, path, verb string, from, to float64) *reportCall {
	at := func(s float64) time.Time { return reportEpoch.Add(time.Duration(s * float64(time.Second))) }
	c := &reportCall{path: path, verb: verb, start: at(from), end: at(to), began: 2 * order, over: 2*order + 1, ended: true}
	if to > from {
		c.over = 1000 - order
	}
	return c
}

// picture is a timeline as text: a line for each row and bar.
func picture(t timeline) string {
	var b strings.Builder
	for _, tick := range t.Ticks {
		fmt.Fprintf(&b, "|%s@%s ", tick.Label, tick.X)
	}
	for _, row := range t.Rows {
		fmt.Fprintf(&b, "\n%d %s", row.Y, row.Label)
		for _, bar := range row.Bars {
			fmt.Fprintf(&b, "\n  %d: %s +%s, %d high, %s%s", bar.Number, bar.X, bar.Width, bar.Height, bar.Class, map[bool]string{true: ", with its verb"}[bar.Text != ""])
		}
		for _, stroke := range row.Strokes {
			fmt.Fprintf(&b, "\n  - %s +%s %s", stroke.X, stroke.Width, stroke.Class)
		}
	}
	return b.String()
}

func TestTimeline(t *testing.T) {
	end := reportEpoch.Add(100 * time.Second)
	create, wait := drawn(1, "1", "servers.create", 0, 0), drawn(3, "2[1].1", "servers.wait", 0, 100)
	create.effect = runtime.Create
	wait.requests = []reportRequest{
		{start: reportEpoch, attempts: 1, status: 200},
		{start: reportEpoch.Add(50 * time.Second), duration: 10 * time.Second, attempts: 2, kind: "unavailable"},
	}
	cut := drawn(5, "3", "time.sleep", 60, 0)
	cut.ended = false
	for name, test := range map[string]struct {
		calls []*reportCall
		want  string
	}{
		"time that passes": {
			[]*reportCall{drawn(1, "1", "time.sleep", 0, 50), drawn(2, "2", "time.sleep", 50, 60)},
			`|0@0.00% |30s@30.00% |1m0s@60.00% |1m30s@90.00% 
22 main task
  1: 0.00% +50.00%, 20 high, local, with its verb
  2: 50.00% +10.00%, 20 high, local`,
		},
		// A create that takes no time has a slot, before which a wait does not begin.
		"a slot for a call that took no time": {
			[]*reportCall{create, drawn(2, "2", "parallel.each", 0, 100), wait},
			`|0@0.00% |30s@30.84% |1m0s@60.48% |1m30s@90.12% 
22 main task
  1: 0.00% +0.96%, 20 high, create
  2: 1.20% +98.80%, 20 high, local, with its verb
70 task 2[1] of parallel.each, item 1
  3: 1.20% +98.80%, 20 high, local, with its verb
  - 1.20% +0.25% request
  - 50.60% +9.88% request failed`,
		},
		"calls within a call are lower": {
			[]*reportCall{drawn(1, "1", "retry", 0, 100), drawn(2, "2", "time.sleep", 0, 40), drawn(3, "3", "retry", 50, 90), drawn(4, "4", "time.sleep", 50, 70)},
			`|0@0.00% |30s@30.00% |1m0s@60.00% |1m30s@90.00% 
22 main task
  1: 0.00% +100.00%, 20 high, local, with its verb
  2: 0.00% +40.00%, 15 high, local, with its verb
  3: 50.00% +40.00%, 15 high, local, with its verb
  4: 50.00% +20.00%, 10 high, local, with its verb`,
		},
		"a call that was cut off lasts until the end": {
			[]*reportCall{cut},
			`|0@0.00% |30s@30.00% |1m0s@60.00% |1m30s@90.00% 
22 main task
  1: 60.00% +40.00%, 20 high, local failed, with its verb`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := picture(newTimeline(test.calls, reportEpoch, end))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(- want, + got):\n%s", diff)
			}
		})
	}
}

// However many calls took no time, they fit, in the order in which they began,
// and none lies on another.
func TestTimelineOfCallsThatTookNoTime(t *testing.T) {
	for _, seconds := range []float64{0, 10} {
		var calls []*reportCall
		for i := range 500 {
			calls = append(calls, drawn(i, fmt.Sprint(i+1), "servers.get", seconds/2, seconds/2))
		}
		end := reportEpoch.Add(time.Duration(seconds * float64(time.Second)))
		axis := newTimeAxis(calls, reportEpoch, end)
		last := -1.0
		for _, c := range calls {
			left, _ := axis.span(c)
			if left <= last || left >= 100 {
				t.Fatalf("of %g s: call %s is at %g%%, after %g%%", seconds, c.path, left, last)
			}
			last = left
		}
	}
}

func TestTimelineOfManyTasks(t *testing.T) {
	calls := []*reportCall{drawn(0, "1", "parallel.each", 0, 9)}
	for i := range 150 {
		calls = append(calls, drawn(i+1, fmt.Sprintf("1[%d].1", i+1), "time.sleep", 0, 9))
	}
	got := newTimeline(calls, reportEpoch, reportEpoch.Add(9*time.Second))
	if len(got.Rows) != maxTimeline || got.Left != 51 || got.Rows[99].Label != "task 1[99] of parallel.each, item 99" {
		t.Errorf("%d rows, %d left, the last is %s", len(got.Rows), got.Left, got.Rows[len(got.Rows)-1].Label)
	}
}

func TestTasksAreOrderedByTheirPlace(t *testing.T) {
	want := []string{"", "2", "7[1]", "7[2]", "7[2].3[1]", "7[10]", "10", "10.1"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, comparePaths)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTaskLabels(t *testing.T) {
	verbs := map[string]string{"7": "parallel.map", "2[1].4": "task.spawn", "7[2].3": "parallel.race"}
	for call, want := range map[string]string{
		"5":           "main task",
		"7[3].1":      "task 7[3] of parallel.map, item 3",
		"2[1].4.1":    "task 2[1].4 of task.spawn, call 4",
		"7[2].3[1].9": "task 7[2].3[1] of parallel.race, item 1",
		"8[1].1":      "task 8[1], item 1", // the call was too many to keep
	} {
		if got := taskLabel(taskPath(call), verbs); got != want {
			t.Errorf("%s: %q, want %q", call, got, want)
		}
	}
}

func TestTickSteps(t *testing.T) {
	for total, want := range map[time.Duration]time.Duration{
		0:                       0,
		time.Microsecond:        time.Microsecond,
		3 * time.Millisecond:    500 * time.Microsecond,
		700 * time.Millisecond:  200 * time.Millisecond,
		5 * time.Second:         time.Second,
		100 * time.Second:       30 * time.Second,
		time.Hour:               10 * time.Minute,
		36 * time.Hour:          6 * time.Hour,
		20 * 24 * time.Hour:     4 * 24 * time.Hour,
		1000 * 24 * time.Hour:   167 * 24 * time.Hour,
		999 * time.Microsecond:  200 * time.Microsecond,
		1001 * time.Millisecond: 200 * time.Millisecond,
	} {
		if got := tickStep(total); got != want {
			t.Errorf("%v: %v, want %v", total, got, want)
		}
	}
}
