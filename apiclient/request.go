package apiclient

import (
	"net/http"
)

// An Effect says what a call does to the world. It decides what may be repeated.
type Effect string

const (
	EffectRead    Effect = "read"
	EffectCreate  Effect = "create"
	EffectUpdate  Effect = "update"
	EffectDestroy Effect = "destroy"
)

// A Request is one call. It is not changed once it has been handed to a Handler: a link
// that needs another one makes a Clone.
type Request struct {
	Op     string // the verb's name, such as "servers.create"
	Effect Effect

	// Idempotent says that doing it twice is the same as doing it once. Reads need not
	// say so.
	Idempotent bool

	// GoneIsDone says that "not found" on a repeated attempt means that an earlier one,
	// whose answer was lost, did the work. It is for deletions.
	GoneIsDone bool

	// LookAt says, for KindOutcomeUnknown, what tells whether the call took effect. It
	// completes the sentence "before trying again, …".
	LookAt string

	// Look finds what the call would have made, for Reconciled; nil when nobody can know.
	// Accept says what is wrong with an answer of success, so that a call whose answer cannot
	// be read is looked for as well; nil takes every answer.
	Look   Look
	Accept func(*Response) error

	Method string
	Path   string // below the service's base URL, with its query: "/servers/detail?limit=10"
	URL    string // absolute; set by the link that knows the base URL
	Header http.Header

	// Body is held whole so that its length is always known (neither cloud takes chunked
	// bodies) and so that an attempt can be repeated.
	Body []byte
}

// Repeatable reports whether the call may be sent again when its outcome is unknown.
func (r *Request) Repeatable() bool { return r.Effect == EffectRead || r.Idempotent }

// Clone returns a copy whose header can be changed. The body is shared.
func (r *Request) Clone() *Request {
	c := *r
	c.Header = r.Header.Clone()
	if c.Header == nil {
		c.Header = http.Header{}
	}
	return &c
}

// A Response is an answer that has been read whole.
type Response struct {
	Status int
	Header http.Header
	Body   []byte // decompressed

	// Attempts is how many attempts the call took.
	Attempts int
}

// RequestID is the id that the service gave to the exchange, or "".
func (r *Response) RequestID() string {
	for _, name := range []string{"X-Request-Id", "X-Compute-Request-Id", "X-Openstack-Request-Id", "X-Trans-Id"} {
		if id := r.Header.Get(name); id != "" {
			return id
		}
	}
	return ""
}
