package main

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
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

type reportFact struct{ Name, Value, Note string }

// A verbRow is what the calls of one verb come to.
type verbRow struct {
	Verb, Effect                     string
	Calls, Failed, Requests, Retries int
	Waited, Longest                  string
	waited, longest                  time.Duration
}

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

// facts are the totals.
func (r *runReport) facts(end time.Time) []reportFact {
	tasks := map[string]bool{}
	requests, retries, failed := len(r.loose), 0, 0
	var waited time.Duration
	for _, q := range r.loose {
		retries += q.retries()
	}
	for _, c := range r.calls {
		tasks[taskPath(c.path)] = true
		requests += len(c.requests)
		retries += c.retries()
		waited += c.waited(end)
		if c.err != nil || !c.ended {
			failed++
		}
	}
	var facts []reportFact
	wall := showDuration(time.Since(r.wallStart))
	switch {
	case r.started.IsZero(): // it did not begin
	case r.virtual:
		facts = append(facts, reportFact{"virtual time", showDuration(end.Sub(r.started)), ""}, reportFact{"wall time", wall, ""})
	default:
		facts = append(facts, reportFact{"wall time", wall, ""})
	}
	calls := reportFact{"calls", fmt.Sprint(len(r.calls) + r.dropped), ""}
	if failed > 0 {
		calls.Note = fmt.Sprintf("%d failed", failed)
	}
	return append(facts, calls,
		reportFact{"tasks", fmt.Sprint(len(tasks)), ""},
		reportFact{"requests", fmt.Sprint(requests), ""},
		reportFact{"retries", fmt.Sprint(retries), ""},
		reportFact{"time waited", showDuration(waited), "in all tasks"})
}

// verbRows are the totals by verb, those that waited longest first.
func verbRows(calls []*reportCall, end time.Time) []verbRow {
	byVerb := map[string]*verbRow{}
	for _, c := range calls {
		row := byVerb[c.verb]
		if row == nil {
			row = &verbRow{Verb: c.verb, Effect: c.effect.String()}
			byVerb[c.verb] = row
		}
		row.Calls++
		if c.err != nil || !c.ended {
			row.Failed++
		}
		row.Requests += len(c.requests)
		row.Retries += c.retries()
		row.waited += c.waited(end)
		row.longest = max(row.longest, c.took(end))
	}
	rows := make([]verbRow, 0, len(byVerb))
	for _, row := range byVerb {
		row.Waited, row.Longest = showDuration(row.waited), showDuration(row.longest)
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b verbRow) int {
		return cmp.Or(cmp.Compare(b.waited, a.waited), cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Verb, b.Verb))
	})
	return rows
}

// outcome is how the run ended, in a few words.
func outcome(err error) string {
	switch code := exitCode(err); {
	case err == nil:
		return "succeeded"
	case code == exitInterrupted:
		return "interrupted"
	case isQuiet(err):
		return fmt.Sprintf("ended itself with status %d", code)
	default:
		return fmt.Sprintf("failed with exit code %d", code)
	}
}

// callError is what went wrong with a call; "" if nothing did.
func callError(c *reportCall) string {
	switch {
	case c.err != nil:
		return string(c.err.Kind) + ": " + c.err.Message
	case !c.ended:
		return "cut off by the end of the run"
	}
	return ""
}

// callTitle is what hovering over a call shows.
func callTitle(c *reportCall, end time.Time) string {
	lines := []string{fmt.Sprintf("%s (call %s, %s)", c.verb, c.path, c.effect)}
	if c.args != "" {
		lines = append(lines, c.args)
	}
	status := "succeeded"
	if text := callError(c); text != "" {
		status = text
	}
	timing := "took " + showDuration(c.took(end))
	if waited := c.waited(end); waited > 0 {
		timing += ", waited " + showDuration(waited)
	}
	lines = append(lines, status, timing)
	if n := len(c.requests); n > 0 {
		lines = append(lines, fmt.Sprintf("requests: %d, retries: %d", n, c.retries()))
	}
	return strings.Join(append(lines, requestLines(c.requests)...), "\n")
}

// maxRequestLines is how many lines of requests one call is shown with.
const maxRequestLines = 8

// requestLines are requests, those that repeat the one before as one line.
func requestLines(requests []reportRequest) []string {
	var lines []string
	for i := 0; i < len(requests); {
		text, n := requests[i].outcome(), 1
		for i+n < len(requests) && requests[i+n].outcome() == text {
			n++
		}
		i += n
		if n > 1 {
			text += fmt.Sprintf(" ×%d", n)
		}
		if len(lines) == maxRequestLines {
			return append(lines, fmt.Sprintf("… and %d more requests", len(requests)-i+n))
		}
		lines = append(lines, text)
	}
	return lines
}

// outcome is the request and what became of it.
func (q reportRequest) outcome() string {
	text := fmt.Sprintf("%s %s → ", q.method, q.url)
	if q.status == 0 {
		text += "no answer"
	} else {
		text += fmt.Sprint(q.status)
	}
	if q.kind != "" {
		text += " " + q.kind
	}
	if q.retries() > 0 {
		text += fmt.Sprintf(", %d attempts in %s", q.attempts, showDuration(q.duration))
	}
	if q.held > 0 {
		text += ", held back for " + showDuration(q.held)
	}
	return text
}

func (q reportRequest) String() string { return q.op + "\n" + q.outcome() }

// showDuration is a duration for people: three digits or so.
func showDuration(d time.Duration) string {
	switch {
	case d <= 0:
		return "0s"
	case d >= time.Minute:
		return d.Round(time.Second).String()
	}
	digits := math.Floor(math.Log10(float64(d)))
	return d.Round(time.Duration(math.Pow(10, max(digits-2, 0)))).String()
}
