package main

import (
	"html/template"
	"strings"
	"time"
)

// A reportPage is what the template shows. Its texts hold no secrets.
type reportPage struct {
	Style    template.CSS
	Script   string
	Outcome  string
	Failed   bool
	Started  string
	Facts    []reportFact
	Error    string
	Timeline timeline
	Verbs    []verbRow
	Calls    []callRow
	Loose    []string
	Lines    []lineRow
	Failures int // failed calls among Calls
	Dropped  int
	Cut      bool
}

// ScriptParts are the script's path in parts between which a line may end.
func (p reportPage) ScriptParts() []string { return strings.SplitAfter(p.Script, "/") }

type callRow struct {
	Number                                            int
	Path, Verb, Effect, Args, At, Took, Waited, Error string
	Requests                                          []string
	Retries                                           int
	Failed                                            bool
}

type lineRow struct{ At, Level, Text string }

// page is the run so far, which ended with err.
func (r *runReport) page(err error) reportPage {
	r.mu.Lock()
	defer r.mu.Unlock()
	end := r.clock.Now()
	p := reportPage{Script: r.text(r.script), Outcome: outcome(err), Failed: exitCode(err) != exitOK, Dropped: r.dropped, Cut: r.cut}
	if !r.started.IsZero() {
		p.Started = r.started.UTC().Format("2006-01-02 15:04:05 UTC")
	}
	if err != nil && !isQuiet(err) {
		p.Error = r.text(reportError(err))
	}
	p.Facts = r.facts(end)
	p.Timeline = newTimeline(r.calls, r.started, end)
	p.Verbs = verbRows(r.calls, end)
	for i, c := range r.calls {
		p.Calls = append(p.Calls, r.callRow(i+1, c, end))
		if p.Calls[i].Failed {
			p.Failures++
		}
	}
	p.Loose = requestLines(r.loose)
	for _, line := range r.lines {
		p.Lines = append(p.Lines, lineRow{showDuration(line.at.Sub(r.started)), line.level, r.text(line.text)})
	}
	r.clean(&p)
	return p
}

// clean takes the secrets out of the texts of hovering and of requests that were
// learnt after these were made.
func (r *runReport) clean(p *reportPage) {
	for i := range p.Timeline.Rows {
		row := &p.Timeline.Rows[i]
		for j := range row.Bars {
			row.Bars[j].Title = r.text(row.Bars[j].Title)
		}
		for j := range row.Strokes {
			row.Strokes[j].Title = r.text(row.Strokes[j].Title)
		}
	}
	for i := range p.Loose {
		p.Loose[i] = r.text(p.Loose[i])
	}
}

func (r *runReport) callRow(number int, c *reportCall, end time.Time) callRow {
	row := callRow{Number: number, Path: c.path, Verb: c.verb, Effect: c.effect.String(), Args: r.text(c.args),
		At: showDuration(c.start.Sub(r.started)), Took: showDuration(c.took(end)), Retries: c.retries(),
		Failed: c.err != nil || !c.ended, Error: r.text(callError(c))}
	if waited := c.waited(end); waited > 0 {
		row.Waited = showDuration(waited)
	}
	for _, line := range requestLines(c.requests) {
		row.Requests = append(row.Requests, r.text(line))
	}
	return row
}
