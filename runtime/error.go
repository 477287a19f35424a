package runtime

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Kind classifies an error for the script (e.kind) and for the host.
type Kind string

const (
	Script         Kind = "script"          // the script raised it, or computed something impossible
	Syntax         Kind = "syntax"          // the source does not compile
	Usage          Kind = "usage"           // a verb or field that does not exist, or a wrong argument
	Unauthorized   Kind = "unauthorized"    // the cloud refused the credentials
	Forbidden      Kind = "forbidden"       // the credentials are good but do not allow this
	NotFound       Kind = "not_found"       // there is no such thing
	BadRequest     Kind = "bad_request"     // the cloud found the request invalid
	Conflict       Kind = "conflict"        // the thing is busy or in the wrong state
	OverLimit      Kind = "over_limit"      // a rate or absolute limit of the cloud
	Unavailable    Kind = "unavailable"     // the cloud answered that it cannot serve now
	Unreachable    Kind = "unreachable"     // no answer: no network, refused connection, unknown host
	BadAnswer      Kind = "bad_answer"      // the answer cannot be understood
	OutcomeUnknown Kind = "outcome_unknown" // the request may have been carried out, or not
	Failed         Kind = "failed"          // a wait that can no longer succeed, or an operation that ended in an error state
	Timeout        Kind = "timeout"         // a time limit of the call passed
	Cancelled      Kind = "cancelled"       // the run was cancelled; pcall cannot swallow it
	Limit          Kind = "limit"           // a budget of the run is used up; pcall cannot swallow it
	Denied         Kind = "denied"          // policy does not allow the call
	Credentials    Kind = "credentials"     // credentials are missing or unusable on this machine
	Exit           Kind = "exit"            // the script ended the run with a status; pcall cannot swallow it
	Internal       Kind = "internal"        // a host function panicked; a defect of the host
)

// An Error is every error that a run reports, and what a verb's Go function
// returns to set more than a message. In Lua it is a table-like value with the
// fields kind, message, verb, status, retry_after (seconds), request_id,
// details, hint and item (of a parallel call); tostring gives the same line
// without the position.
type Error struct {
	Kind       Kind
	Message    string        // one sentence without the verb's name and without secrets
	Verb       string        // the verb that failed; "" outside verbs
	Status     int           // the HTTP status, 0 if none
	RetryAfter time.Duration // 0 if the cloud did not say
	RequestID  string
	Details    string // the cloud's own longer text
	Hint       string // what to do about it
	Items      []int  // the items of parallel calls it came from, outermost first; from 1

	Position Position // where in the script; zero if nowhere
	Stack    []Frame  // innermost first
	Source   string   // the offending source line, without its line end
	Value    Value    // what the script raised with error(value), if it raised a value
	ExitCode int      // for Exit

	Cause error
}

// A Position is a place in a script.
type Position struct {
	File   string
	Line   int
	Column int // 0 when unknown
}

func (p Position) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Frame is one level of the Lua stack.
type Frame struct {
	Position Position
	Function string // "function 'reboot'", "main chunk", "verb servers.create", "(item 2 of parallel.map)"
	skipped  int    // frames that are left out here
	part     bool   // not a function: the part of the run that the frames before belong to
}

// Error is the one-line text: position, item of a parallel, verb, message.
func (e *Error) Error() string {
	var b strings.Builder
	if p := e.Position.String(); p != "" {
		b.WriteString(p)
		b.WriteString(": ")
	}
	b.WriteString(e.text())
	return b.String()
}

// text is what tostring(e) gives in Lua: item, verb, message.
func (e *Error) text() string {
	var b strings.Builder
	for i, item := range e.Items {
		if i == 0 {
			b.WriteString("item ")
		} else {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(item))
	}
	if len(e.Items) > 0 {
		b.WriteString(": ")
	}
	if e.Verb != "" {
		b.WriteString(e.Verb)
		b.WriteString(": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is matches another *Error by its kind alone, so that
// errors.Is(err, &runtime.Error{Kind: runtime.NotFound}) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && t.Message == "" && t.Verb == ""
}

// Errorf makes an error of a kind for a verb's Go function to return.
func Errorf(kind Kind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	type wrapper interface{ Unwrap() error }
	e := &Error{Kind: kind, Message: err.Error()}
	if w, ok := err.(wrapper); ok {
		e.Cause = w.Unwrap()
	}
	return e
}
