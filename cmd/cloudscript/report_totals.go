package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// A reportFact is one of the totals.
type reportFact struct{ Name, Value, Note string }

// A verbRow is what the calls of one verb come to.
type verbRow struct {
	Verb, Effect                     string
	Calls, Failed, Requests, Retries int
	Waited, Longest                  string
	waited, longest                  time.Duration
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
