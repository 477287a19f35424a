package simulator

import (
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// A Call is one request that arrived.
type Call struct {
	Operation string    `json:"operation"` // such as "auth", "servers.create", "vm.reboot"; "" for none
	Method    string    `json:"method"`
	Path      string    `json:"path"`   // with the query, except for the category/action API
	Status    int       `json:"status"` // 0: none yet, or the connection was broken off
	Time      time.Time `json:"time"`   // of the simulator's clock
	Acted     bool      `json:"acted"`  // whether it reached the service, or a fault rule stopped it
}

// callLog keeps the last calls and counts all of them. A call is in it from its
// arrival on, and its status is known there before the client can know it.
type callLog struct {
	mu     sync.Mutex
	counts map[string]int
	last   []*Call // a ring once it is full
	next   int
}

// keptCalls is how many calls a log keeps; counts know them all.
const keptCalls = 10_000

func (l *callLog) add(c *Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	l.counts[c.Operation]++
	if len(l.last) < keptCalls {
		l.last = append(l.last, c)
		return
	}
	l.last[l.next] = c
	l.next = (l.next + 1) % keptCalls
}

func (l *callLog) acted(c *Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.Acted = true
}

func (l *callLog) answered(c *Call, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.Status = status
}

// Calls are the last 10,000 requests, oldest first, without those to the admin
// paths.
func (s *Simulator) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	calls := make([]Call, 0, len(s.calls.last))
	for n := range s.calls.last {
		calls = append(calls, *s.calls.last[(s.calls.next+n)%len(s.calls.last)])
	}
	return calls
}

// Counts is how often each operation was asked for, faults included.
func (s *Simulator) Counts() map[string]int {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	return maps.Clone(s.calls.counts)
}

// Count is how often the operations that have a name were asked for, faults included.
func (s *Simulator) Count(name string) int {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	n := 0
	for operation, count := range s.calls.counts {
		if slices.Contains(namesOf(operation), name) {
			n += count
		}
	}
	return n
}

// ForgetCalls empties the log and the counts.
func (s *Simulator) ForgetCalls() {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	s.calls.counts, s.calls.last, s.calls.next = nil, nil, 0
}

// observed is a ResponseWriter that tells the log the status.
type observed struct {
	http.ResponseWriter
	log    *callLog
	call   *Call
	status int
}

// Unwrap lets http.ResponseController reach the connection.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

func (o *observed) WriteHeader(status int) {
	o.status = status
	o.log.answered(o.call, status)
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.WriteHeader(http.StatusOK)
	}
	return o.ResponseWriter.Write(p)
}
