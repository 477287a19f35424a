package main

import (
	"sort"
	"strconv"
	"time"
)

// A timeAxis maps moments to positions across, in percent. Calls that took no
// time, as all but the waiting ones do in a rehearsal, would lie on top of each
// other: the axis stands still while they pass, and each gets a slot, in the
// order in which they began.
type timeAxis struct {
	start   time.Time
	total   time.Duration
	slot    float64       // percent
	instant []*reportCall // the calls that took no time, in the order of their beginnings
}

func newTimeAxis(calls []*reportCall, start, end time.Time) *timeAxis {
	a := &timeAxis{start: start, total: max(end.Sub(start), 0)}
	for _, c := range calls {
		if c.took(end) == 0 {
			a.instant = append(a.instant, c)
		}
	}
	room := 60.0 // for the slots; the rest is time
	if a.total == 0 {
		room = 100
	}
	if n := len(a.instant); n > 0 {
		a.slot = min(1.2, room/float64(n))
	}
	return a
}

// place is where a moment is after a number of slots.
func (a *timeAxis) place(t time.Time, slots int) float64 {
	x := float64(slots) * a.slot
	if a.total > 0 {
		x += (100 - float64(len(a.instant))*a.slot) * float64(t.Sub(a.start)) / float64(a.total)
	}
	return x
}

// at is where a moment is, before the calls that took no time at it.
func (a *timeAxis) at(t time.Time) float64 {
	return a.place(t, sort.Search(len(a.instant), func(i int) bool { return !a.instant[i].start.Before(t) }))
}

// event is where a call begins or ends.
func (a *timeAxis) event(t time.Time, order int) float64 {
	return a.place(t, sort.Search(len(a.instant), func(i int) bool { return a.instant[i].began >= order }))
}

// span is where a call begins and how wide it is.
func (a *timeAxis) span(c *reportCall) (left, width float64) {
	left = a.event(c.start, c.began)
	right := 100.0
	if c.ended {
		right = a.event(c.end, c.over)
	}
	narrowest := minBarWidth
	if c.took(a.start.Add(a.total)) == 0 {
		right -= a.slot / 5 // apart from the next one
		narrowest = min(narrowest, a.slot*4/5)
	}
	left = min(left, 100-narrowest)
	return left, max(right-left, narrowest)
}

// ticks are about six moments, at whole steps, that are not too close.
func (a *timeAxis) ticks() []timelineTick {
	ticks := []timelineTick{{percent(0), "0", "start"}}
	step := tickStep(a.total)
	last := 0.0
	for d := step; step > 0 && d <= a.total; d += step {
		x := a.at(a.start.Add(d))
		if x-last < 12 {
			continue
		}
		anchor := "middle"
		if x > 93 {
			anchor = "end"
		}
		ticks = append(ticks, timelineTick{percent(x), showDuration(d), anchor})
		last = x
	}
	return ticks
}

// tickStep is a round duration of which about six fill the total; 0 if there is
// nothing to fill.
func tickStep(total time.Duration) time.Duration {
	for unit := time.Microsecond; unit < time.Second; unit *= 10 {
		for _, n := range []time.Duration{1, 2, 5} {
			if n*unit*6 >= total {
				return min(n*unit, total)
			}
		}
	}
	const day = 24 * time.Hour
	for _, step := range []time.Duration{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 6 * 3600, 12 * 3600} {
		if step*time.Second*6 >= total {
			return step * time.Second
		}
	}
	return (total/6/day + 1) * day
}

// A timelineTick is a moment on the axis.
type timelineTick struct{ X, Label, Anchor string }

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }
