package apiclient

import (
	"context"
	"errors"
)

// NewError builds the error of a request without an answer. Message is redacted.
func (r *Redactor) NewError(req *Request, kind Kind, message string) *Error {
	return &Error{
		Kind:    kind,
		Op:      req.Op,
		Method:  req.Method,
		URL:     r.URL(req.URL),
		Message: r.Text(message),
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
	e.RequestID = oneLine(r.Text(resp.RequestID()))
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
