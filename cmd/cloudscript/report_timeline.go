package main

import (
	"slices"
	"time"
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
	var around []*reportCall // that have not ended
	for _, i := range mine {
		c := calls[i]
		around = slices.DeleteFunc(around, func(earlier *reportCall) bool {
			return !earlier.start.Add(earlier.took(end)).After(c.start)
		})
		nested := nestedBy * min(len(around), maxNested)
		around = append(around, c)
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
