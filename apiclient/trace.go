package apiclient

import (
	"context"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// An Event is one call, when it is over. It holds no secrets.
type Event struct {
	Op            string
	Method        string
	URL           string // of the last attempt where it failed, else the path below the service's base URL
	Status        int    // of the last answer; 0 when there was none
	Start         time.Time
	Duration      time.Duration // with all waits
	Held          time.Duration // of it, how long a Limiter held the call back
	Attempts      int           // HTTP exchanges; 0 when the call failed before one
	Adopted       bool          // no answer came that could be read; what the call had made was found, and Status stands in
	BytesSent     int           // of request bodies
	BytesReceived int           // of answer bodies, decompressed
	RequestID     string
	Err           *Error // nil for a success
}

// A Tracer is called once for every call, from the call's own goroutine. It must be safe
// for many goroutines.
type Tracer func(ctx context.Context, event Event)

// Traced is the outermost link: it reports each call to tracer. A nil tracer is no report.
func Traced(next Handler, tracer Tracer, clk clock.Clock, redact *Redactor) Handler {
	if tracer == nil {
		return next
	}
	return HandlerFunc(func(ctx context.Context, req *Request) (*Response, error) {
		event := Event{Op: req.Op, Method: req.Method, URL: redact.Text(req.Path), Start: clk.Now()}
		if req.URL != "" {
			event.URL = redact.URL(req.URL)
		}
		inner, used := withUsage(ctx)
		resp, err := next.Do(inner, req)
		event.Duration = clk.Now().Sub(event.Start)
		event.Held = time.Duration(used.heldBack.Load())
		event.Attempts = int(used.attempts.Load())
		event.Adopted = used.adopted.Load()
		event.BytesSent = int(used.bytesSent.Load())
		event.BytesReceived = int(used.bytesReceived.Load())
		if err != nil {
			event.Err = AsError(req, err)
			event.Status, event.RequestID = event.Err.Status, event.Err.RequestID
			if event.Err.URL != "" {
				event.URL = event.Err.URL
			}
			err = event.Err
		} else {
			event.Status, event.RequestID = resp.Status, redact.Name(resp.RequestID())
		}
		tracer(ctx, event)
		return resp, err
	})
}
