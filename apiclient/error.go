package apiclient

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// An Error is a call that failed. Every failure that a client of this module returns is
// one, so errors.As finds it and errors.Is(err, KindNotFound) asks for its kind. Its texts
// hold no secrets: they were redacted where the error was built.
type Error struct {
	Kind    Kind
	Op      string // the verb's name, such as "servers.create"
	Method  string
	URL     string
	Status  int    // HTTP status; 0 when no answer came
	Fault   string // the service's own name of the failure, such as "itemNotFound"
	Message string // what happened, in the server's words where it gave any
	Details string // the server's further words, if any

	RetryAfter time.Duration // how long the server asked to wait; 0 when it did not say
	RequestID  string
	Attempts   int    // how often it was tried, at least 1 once anything was tried
	Hint       string // what to do about it

	// MayHaveActed is true when the call changes something and may have been carried
	// out although it failed.
	MayHaveActed bool

	// Cause is what lies beneath, such as a *net.OpError or context.Canceled.
	Cause error

	// settled is set once a Retried link has let the error pass, so that an outer one
	// does not start over: a log-in that failed for good inside a call, for instance.
	settled bool
}

// Error is one line: the operation, the kind, what happened, where, and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(string(e.Kind))
	if s := e.Summary(); s != "" {
		b.WriteString(": " + s)
	}
	if facts := e.facts(); len(facts) > 0 {
		b.WriteString(" (" + strings.Join(facts, ", ") + ")")
	}
	if e.Hint != "" {
		b.WriteString("; " + oneLine(e.Hint))
	}
	return b.String()
}

// Summary is what happened, on one line: the message, and the details where they add to it.
func (e *Error) Summary() string {
	message, details := oneLine(e.Message), oneLine(e.Details)
	switch {
	case details == "" || strings.Contains(message, details):
		return message
	case message == "":
		return details
	}
	return message + ": " + details
}

func (e *Error) facts() []string {
	var facts []string
	if e.Status != 0 {
		facts = append(facts, strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.Status, e.Fault)))
	}
	if e.URL != "" {
		facts = append(facts, e.Method+" "+e.URL)
	}
	if e.RetryAfter > 0 {
		facts = append(facts, "retry after "+e.RetryAfter.String())
	}
	if e.Attempts > 1 {
		facts = append(facts, fmt.Sprintf("%d attempts", e.Attempts))
	}
	if e.RequestID != "" {
		facts = append(facts, "request id "+e.RequestID)
	}
	return facts
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is this error's Kind.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && kind == e.Kind
}

// AsError returns the *Error in err's chain. An error of another type becomes the cause of a
// new one with the given request's names, so that callers always get an *Error.
func AsError(req *Request, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: KindBadAnswer, Op: req.Op, Method: req.Method, Message: err.Error(), Cause: err}
}

// oneLine makes a text fit for one line of output: white space runs become one blank
// and other control characters, which could steer a terminal, become "?".
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, s)
}
