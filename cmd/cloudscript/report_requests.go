package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A reportRequest is one call of a cloud with all its attempts.
type reportRequest struct {
	op, method, url string
	status          int
	start           time.Time
	duration, held  time.Duration
	attempts        int
	adopted         bool   // the answer was lost; what the call had made was found
	kind            string // of its error
}

// tracer gathers the requests of calls, and tells next of them.
func (r *runReport) tracer(next apiclient.Tracer) apiclient.Tracer {
	if r == nil {
		return next
	}
	return func(ctx context.Context, e apiclient.Event) {
		r.addRequest(ctx, e)
		if next != nil {
			next(ctx, e)
		}
	}
}

func (r *runReport) addRequest(ctx context.Context, e apiclient.Event) {
	request := reportRequest{op: e.Op, method: e.Method, url: withoutFresh(e.URL), status: e.Status,
		start: e.Start, duration: e.Duration, held: e.Held, attempts: e.Attempts, adopted: e.Adopted}
	if e.Err != nil {
		request.kind = string(e.Err.Kind)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if call, ok := ctx.Value(reportCallKey{}).(*reportCall); ok {
		call.requests = append(call.requests, request)
		return
	}
	r.loose = append(r.loose, request)
}

// withoutFresh is a URL without the parameter that keeps caches away, whose value
// is another one each time.
func withoutFresh(address string) string {
	u, err := url.Parse(address)
	if err != nil || !u.Query().Has("fresh") {
		return address
	}
	query := u.Query()
	query.Del("fresh")
	u.RawQuery = query.Encode()
	return u.String()
}

func (q reportRequest) retries() int { return max(q.attempts-1, 0) }

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
	if q.adopted {
		text += ", " + lostAnswer
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
