package faults

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Rule makes some requests go wrong. The first group of fields says which; a
// request must fit all that are set. Of several rules that fit, the first one whose
// schedule has come decides.
type Rule struct {
	Operation string // by any of its names, such as "servers.create"; * stands for any text
	Method    string // GET, POST, PUT, DELETE
	Path      string // how the path ends, such as "/servers"; * stands for any text

	Nth         int     // only the nth request that fits, counted from 1
	After       int     // not the first ones
	Times       int     // only so many
	Probability float64 // by chance, between 0 and 1
	Seed        uint64  // of that chance

	Delay      time.Duration // wait, then go on
	Fail       bool          // what the request begins ends badly: a build in ERROR
	Status     int           // answer with this instead of acting
	Fault      string        // likewise, with the API's fault of this name
	RetryAfter time.Duration // for Status and Fault: the header, in whole seconds
	Reset      bool          // break the connection instead of acting

	// These act first and then spoil the answer.
	LostReply bool          // break the connection
	Late      time.Duration // wait
	Truncate  int           // send so many bytes of the body and break the connection
	Malformed bool          // send a body that does not parse
	Slow      time.Duration // let the body take so long
}

// Names reports whether a rule is about the operation that has these names, or about
// any.
func (r *Rule) Names(operation ...string) bool {
	return r.Operation == "" || slices.ContainsFunc(operation, func(name string) bool { return glob(r.Operation, name) })
}

// fits reports whether a rule is about a request, whatever its schedule says.
func (r *Rule) fits(req *http.Request, operation []string) bool {
	return r.Names(operation...) &&
		(r.Method == "" || r.Method == req.Method) &&
		(r.Path == "" || glob("*"+r.Path, strings.TrimRight(req.URL.Path, "/")))
}

// glob matches a whole text with a pattern in which * stands for any text.
func glob(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	text, ok := strings.CutPrefix(text, parts[0])
	if !ok || len(parts) == 1 {
		return ok && text == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return strings.HasSuffix(text, parts[last])
}
