package faults

import (
	"bytes"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Handle answers one request, whose operation has these names, through the rules.
func (i *Injector) Handle(w http.ResponseWriter, r *http.Request, operation []string, next http.Handler) {
	rule, ok := i.pick(r, operation)
	if !ok {
		next.ServeHTTP(w, r)
		return
	}
	if rule.Delay > 0 && i.config.Sleep(r.Context(), rule.Delay) != nil {
		breakOff(w)
		return
	}
	if rule.Fail {
		r = i.config.Failing(r)
	}
	switch {
	case rule.Reset:
		breakOff(w)
	case rule.Status != 0 || rule.Fault != "":
		if rule.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(rule.RetryAfter.Seconds()))))
		}
		i.config.Refuse(w, r, rule.Fault, rule.Status)
	case rule.spoils():
		kept := &recorder{header: http.Header{}, status: http.StatusOK}
		next.ServeHTTP(kept, r)
		i.spoil(w, r, rule, kept)
	default:
		next.ServeHTTP(w, r)
	}
}

func (r *Rule) spoils() bool {
	return r.LostReply || r.Late > 0 || r.Truncate > 0 || r.Malformed || r.Slow > 0
}

// spoil sends an answer as a rule wants it. The service has acted.
func (i *Injector) spoil(w http.ResponseWriter, r *http.Request, rule Rule, kept *recorder) {
	if rule.Late > 0 && i.config.Sleep(r.Context(), rule.Late) != nil || rule.LostReply {
		breakOff(w)
		return
	}
	body := kept.body.Bytes()
	if rule.Malformed {
		body = append(body[:len(body)/2:len(body)/2], `{"`...)
	}
	for name, values := range kept.header {
		w.Header()[name] = values
	}
	if len(body) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	if rule.Truncate > 0 {
		if len(body) == 0 { // nothing to cut but the connection
			breakOff(w)
			return
		}
		w.WriteHeader(kept.status)
		w.Write(body[:min(rule.Truncate, len(body)-1)])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(kept.status)
	if rule.Slow > 0 {
		i.trickle(w, r, rule.Slow, body)
		return
	}
	w.Write(body)
}

// trickle sends a body in ten pieces.
func (i *Injector) trickle(w http.ResponseWriter, r *http.Request, d time.Duration, body []byte) {
	const pieces = 10
	for n := range pieces {
		if i.config.Sleep(r.Context(), d/pieces) != nil {
			panic(http.ErrAbortHandler)
		}
		w.Write(body[len(body)*n/pieces : len(body)*(n+1)/pieces])
		http.NewResponseController(w).Flush()
	}
}

// breakOff ends a connection without an answer: with a reset where there is a TCP
// connection, by ending the exchange elsewhere.
func breakOff(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

// recorder keeps an answer instead of sending it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
