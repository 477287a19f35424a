package cloudservers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// A RateLimit is one row of the table of section 7.1: at most Value requests of a
// verb in a unit, counted over the paths that Regex fits. A window begins with
// the first request it counts.
type RateLimit struct {
	Verb  string // GET, POST, PUT, DELETE
	URI   string // for people
	Regex string // matched against what follows the account number, query included
	Value int
	Unit  string // MINUTE, HOUR, DAY
}

// DocumentedRateLimits is the table of the published guide.
func DocumentedRateLimits() []RateLimit {
	return []RateLimit{
		{"POST", "*", ".*", 10, "MINUTE"},
		{"POST", "*/servers", serversRegex, 50, "DAY"},
		{"PUT", "*", ".*", 10, "MINUTE"},
		{"GET", "*changes-since*", "changes-since", 3, "MINUTE"},
		{"DELETE", "*", ".*", 100, "MINUTE"},
	}
}

// serversRegex covers, read literally, the actions of servers as well. It counts
// creates alone, as the schema's text says; "^/servers.*" counts all.
const serversRegex = "^/servers"

type rateCounter struct {
	RateLimit
	pattern *regexp.Regexp
	window  time.Duration
	ends    time.Time // of the window that counts; past when none does
	used    int
}

type rateCounters []*rateCounter

func newRateCounters(limits []RateLimit) (rateCounters, error) {
	windows := map[string]time.Duration{"MINUTE": time.Minute, "HOUR": time.Hour, "DAY": 24 * time.Hour}
	var counters rateCounters
	for _, limit := range limits {
		regex := limit.Regex
		if regex == serversRegex {
			regex = `^/servers(\?|$)`
		}
		pattern, err := regexp.Compile(regex)
		if err != nil {
			return nil, fmt.Errorf("rate limit of %s %s: %w", limit.Verb, limit.URI, err)
		}
		window, ok := windows[limit.Unit]
		if !ok {
			return nil, fmt.Errorf("rate limit of %s %s: unit %q is not MINUTE, HOUR or DAY", limit.Verb, limit.URI, limit.Unit)
		}
		counters = append(counters, &rateCounter{RateLimit: limit, pattern: pattern, window: window})
	}
	return counters, nil
}

// admit counts a request in every row it falls under, or in none and refuses it.
func (c rateCounters) admit(verb, uri string, now time.Time) *fault {
	uri = strings.TrimSuffix(uri, "?")
	var rows []*rateCounter
	var full *rateCounter
	for _, row := range c {
		if row.Verb != verb || !row.pattern.MatchString(uri) {
			continue
		}
		rows = append(rows, row)
		if row.remaining(now) == 0 && (full == nil || row.ends.After(full.ends)) {
			full = row
		}
	}
	if full != nil {
		return overRateLimit(full, now)
	}
	for _, row := range rows {
		if !now.Before(row.ends) {
			row.ends, row.used = now.Add(row.window), 0
		}
		row.used++
	}
	return nil
}

func (r *rateCounter) remaining(now time.Time) int {
	if !now.Before(r.ends) {
		return r.Value
	}
	return r.Value - r.used
}

func overRateLimit(row *rateCounter, now time.Time) *fault {
	f := newFault("overLimit", http.StatusRequestEntityTooLarge, "Too many requests...",
		"only %d %s requests on %s are possible in one %s", row.Value, row.Verb, row.URI, strings.ToLower(row.Unit))
	f.retryAt = row.ends
	f.retrySeconds = int((row.ends.Sub(now) + time.Second - 1) / time.Second)
	return f
}

func (c rateCounters) views(now time.Time) rateViews {
	return each(c, func(row *rateCounter) rateView {
		reset := row.ends
		if !now.Before(reset) { // a row that is not in use resets now
			reset = now
		}
		return rateView{Verb: row.Verb, URI: row.URI, Regex: row.Regex, Value: row.Value,
			Remaining: row.remaining(now), Unit: row.Unit, ResetTime: reset.Unix()}
	})
}
