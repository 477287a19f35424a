package apiclient

import (
	"context"
	"errors"
	"unicode/utf8"
)

// What a server says is shown up to these lengths, in bytes: it may repeat all that it was sent.
const (
	longestMessage = 1000 // of messages and details
	longestName    = 200  // of faults' names and request ids

	// So much of a text is looked at, and of its end so much is thrown away, for the cut may
	// have left a part of a secret there.
	looked = 64 << 10
	margin = 16 << 10
)

// Message is a text from elsewhere as it may stand in an error: redacted, and cut where it is
// long.
func (r *Redactor) Message(s string) string { return cut(r.beginning(s), longestMessage) }

// Name is the same for a name or an id.
func (r *Redactor) Name(s string) string { return cut(oneLine(r.beginning(s)), longestName) }

// beginning is the beginning of a text without secrets.
func (r *Redactor) beginning(s string) string {
	if len(s) <= looked {
		return r.Text(s)
	}
	s = r.Text(s[:looked])
	return s[:max(0, len(s)-margin)] + "…"
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}

// NewError builds the error of a request without an answer. Message is redacted and cut.
func (r *Redactor) NewError(req *Request, kind Kind, message string) *Error {
	return &Error{
		Kind:    kind,
		Op:      req.Op,
		Method:  req.Method,
		URL:     r.URL(req.URL),
		Message: r.Message(message),
	}
}

// AnswerError builds the error of a request that got an answer. An answer of success to a
// call that changes something leaves MayHaveActed set: whatever is wrong with the answer, the
// call was carried out.
func (r *Redactor) AnswerError(req *Request, resp *Response, kind Kind, message string) *Error {
	e := r.NewError(req, kind, message)
	if e.URL == "" {
		e.URL = r.Text(req.Path) // read outside the link that knows the base URL
	}
	e.Status = resp.Status
	e.RequestID = r.Name(resp.RequestID())
	e.Attempts = resp.Attempts
	e.MayHaveActed = resp.Status/100 == 2 && req.Effect != EffectRead
	return e
}

// Ended builds the error of a call whose context ended while it did what doing says
// ("waiting for the answer"). cause is used when the context does not tell its own.
func (r *Redactor) Ended(ctx context.Context, req *Request, doing string, cause error) *Error {
	if c := context.Cause(ctx); c != nil {
		cause = c
	}
	kind, message := KindCancelled, "cancelled while "+doing
	if errors.Is(cause, context.DeadlineExceeded) {
		kind, message = KindTimeout, "the time allowed ran out while "+doing
	}
	e := r.NewError(req, kind, message)
	e.Cause = cause
	return e
}
