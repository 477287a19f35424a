package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The timeline is one SVG whose positions across are percentages, so that it
// fits any width while its text keeps its size. Heights are in pixels.
const (
	axisHeight    = 22
	rowHeight     = 48
	barTop        = 18 // in its row, below the label
	barHeight     = 20
	nestedBy      = 5 // how much lower a call within a call is
	maxNested     = 2
	minBarWidth   = 0.5  // percent
	labelledWidth = 13.0 // percent: a bar this wide holds its verb
	maxTimeline   = 100  // rows
)

// A timeline is the picture of a run: a row for each task, a bar for each call.
type timeline struct {
	Height  int
	Ticks   []timelineTick
	Rows    []timelineRow
	Left    int // tasks that have no row
	Instant bool
}

type timelineTick struct{ X, Label, Anchor string }

type timelineRow struct {
	Label   string
	Y       int // of the label's line
	Bars    []timelineBar
	Strip   int // Y of the requests
	Strokes []timelineStroke
}

// A timelineBar is a call.
type timelineBar struct {
	Number    int
	X, Width  string
	Y, Height int
	Class     string
	Text      string // in the bar, if it is wide enough
	Title     string // what hovering shows
}

// A timelineStroke is a request, below the call that made it.
type timelineStroke struct{ X, Width, Class, Title string }

// newTimeline draws the calls, which are in the order of their start.
func newTimeline(calls []*reportCall, start, end time.Time) timeline {
	axis := newTimeAxis(calls, start, end)
	tasks := map[string][]int{}
	for i, c := range calls {
		tasks[taskPath(c.path)] = append(tasks[taskPath(c.path)], i)
	}
	paths := make([]string, 0, len(tasks))
	for path := range tasks {
		paths = append(paths, path)
	}
	slices.SortFunc(paths, comparePaths)
	t := timeline{Ticks: axis.ticks(), Instant: len(axis.instant) > 0}
	if len(paths) > maxTimeline {
		t.Left = len(paths) - maxTimeline
		paths = paths[:maxTimeline]
	}
	verbs := map[string]string{}
	for _, c := range calls {
		verbs[c.path] = c.verb
	}
	for i, path := range paths {
		row := timelineRow{Label: taskLabel(path, verbs), Y: axisHeight + i*rowHeight}
		row.Strip = row.Y + barTop + barHeight + 2
		row.draw(calls, tasks[path], axis, end)
		t.Rows = append(t.Rows, row)
	}
	t.Height = axisHeight + len(paths)*rowHeight
	return t
}

// draw adds the bars of a task's calls, and their requests.
func (row *timelineRow) draw(calls []*reportCall, mine []int, axis *timeAxis, end time.Time) {
	for k, i := range mine {
		c := calls[i]
		around := 0
		for _, j := range mine[:k] {
			if earlier := calls[j]; earlier.start.Add(earlier.took(end)).After(c.start) {
				around++
			}
		}
		nested := nestedBy * min(around, maxNested)
		left, width := axis.span(c)
		bar := timelineBar{
			Number: i + 1, X: percent(left), Width: percent(width), Y: row.Y + barTop + nested, Height: barHeight - nested,
			Class: c.effect.String(), Title: callTitle(c, end),
		}
		if c.err != nil || !c.ended {
			bar.Class += " failed"
		}
		if width >= labelledWidth {
			bar.Text = c.verb
		}
		row.Bars = append(row.Bars, bar)
		for _, q := range c.requests {
			row.Strokes = append(row.Strokes, newStroke(q, left, width, axis))
		}
	}
}

// newStroke draws a request at its own time, within its call.
func newStroke(q reportRequest, left, width float64, axis *timeAxis) timelineStroke {
	from := min(max(axis.at(q.start), left), left+width-minBarWidth/2)
	to := min(max(axis.at(q.start.Add(q.duration)), from+minBarWidth/2), left+width)
	stroke := timelineStroke{X: percent(from), Width: percent(to - from), Class: "request", Title: q.String()}
	if q.kind != "" {
		stroke.Class += " failed"
	}
	return stroke
}

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
	if c.took(a.start.Add(a.total)) == 0 {
		right -= a.slot / 5 // apart from the next one
	}
	left = min(left, 100-minBarWidth)
	return left, max(right-left, minBarWidth)
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

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

// taskPath is the path of the task that a call was made in: "" for the main one.
func taskPath(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// taskLabel names a task by the call that started it.
func taskLabel(path string, verbs map[string]string) string {
	if path == "" {
		return "main task"
	}
	call, item, isItem := strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	starter := path
	if isItem {
		starter = strings.TrimSuffix(path, "["+item)
	}
	label := "task " + path
	if verb := verbs[starter]; verb != "" {
		label += " of " + verb
	}
	if isItem {
		return fmt.Sprintf("%s, item %s", label, strings.TrimSuffix(item, "]"))
	}
	return label + ", call " + call
}

// comparePaths orders paths by their numbers.
func comparePaths(a, b string) int {
	return slices.CompareFunc(pathNumbers(a), pathNumbers(b), cmp.Compare[int])
}

func pathNumbers(path string) []int {
	var numbers []int
	for _, digits := range strings.FieldsFunc(path, func(r rune) bool { return !unicode.IsDigit(r) }) {
		n, _ := strconv.Atoi(digits)
		numbers = append(numbers, n)
	}
	return numbers
}
