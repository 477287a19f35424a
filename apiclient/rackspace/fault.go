package rackspace

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A fault is what the service says about a failure (spec, section 8).
type fault struct {
	name       string // the element
	message    string
	details    string
	retryAfter string // a date-time
	plain      bool   // the message is whatever came
}

// kindOfElement is the kind of a documented element, "" for others. overLimitFault is what a
// server that was recorded calls it, under the status 403.
func kindOfElement(name string) apiclient.Kind {
	switch name {
	case "badRequest", "badMethod", "badMediaType":
		return apiclient.KindBadRequest
	case "unauthorized":
		return apiclient.KindUnauthorized
	case "itemNotFound":
		return apiclient.KindNotFound
	case "buildInProgress", "backupOrResizeInProgress", "resizeNotAllowed":
		return apiclient.KindConflict
	case "overLimit", "overLimitFault":
		return apiclient.KindOverLimit
	case "notImplemented":
		return apiclient.KindNotImplemented
	case "serviceUnavailable", "serverCapacityUnavailable":
		return apiclient.KindUnavailable
	}
	return ""
}

// conflictMessage begins the message of the 400s that were conflicts of state.
const conflictMessage = "422 Unprocessable Entity"

func (f fault) kind(status int) apiclient.Kind {
	if strings.HasPrefix(f.message, conflictMessage) {
		return apiclient.KindConflict
	}
	if kind := kindOfElement(f.name); kind != "" {
		return kind
	}
	return apiclient.KindOfStatus(status)
}

// judgeFault reads an answer: 2xx and 304 are what was asked for, all else is an error.
func judgeFault(redact *apiclient.Redactor, now func() time.Time) func(*apiclient.Request, *apiclient.Response) *apiclient.Error {
	return func(req *apiclient.Request, resp *apiclient.Response) *apiclient.Error {
		if resp.Status/100 == 2 || resp.Status == http.StatusNotModified {
			return nil
		}
		f := parseFault(resp.Body)
		if f.message == "" {
			f.message = http.StatusText(resp.Status)
		}
		e := redact.AnswerError(req, resp, f.kind(resp.Status), f.message)
		if f.plain {
			e.Message = excerpt(e.Message) // not earlier: a cut could leave a part of a secret
		}
		e.Fault = redact.Name(f.name)
		e.Details = redact.Message(f.details)
		e.RetryAfter = retryAfter(f, resp.Header, now())
		return e
	}
}

// retryAfter reads, in this order, a Retry-After in seconds, the fault, Retry-After as a date and
// the guide's misspelling. The specification's order begins with the fault (section 8), but its
// date is of use only to a client whose clock is right, and the seconds say the same.
func retryAfter(f fault, h http.Header, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After"))); err == nil && seconds >= 0 {
		return apiclient.ParseRetryAfter(h.Get("Retry-After"), now)
	}
	if at, ok := parseTime(f.retryAfter); ok {
		return apiclient.AtLeastASecond(at.Sub(now))
	}
	for _, name := range []string{"Retry-After", "Reply-After"} {
		if d := apiclient.ParseRetryAfter(h.Get(name), now); d > 0 {
			return d
		}
	}
	return 0
}

// parseFault reads a body in whatever form it comes. The content type is not asked: JSON
// faults were recorded under text/html.
func parseFault(body []byte) fault {
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0:
		return fault{}
	case body[0] == '{':
		return jsonFault(body)
	case body[0] == '<':
		return xmlFault(body)
	}
	return fault{message: strings.ToValidUTF8(string(body), "?"), plain: true}
}

func jsonFault(body []byte) fault {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil || len(members) != 1 {
		return fault{}
	}
	for name, raw := range members {
		var f struct{ Message, Details, RetryAfter json.RawMessage }
		if json.Unmarshal(raw, &f) != nil {
			return fault{}
		}
		return fault{name: name, message: textOf(f.Message), details: textOf(f.Details), retryAfter: textOf(f.RetryAfter)}
	}
	return fault{}
}

// textOf is a JSON string's text, and nothing for other values.
func textOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

func xmlFault(body []byte) fault {
	var f struct {
		XMLName    xml.Name
		RetryAfter string `xml:"retryAfter,attr"`
		Message    string `xml:"message"`
		Details    string `xml:"details"`
	}
	// HTML either does not parse or has no message.
	if xml.Unmarshal(body, &f) != nil || f.Message == "" {
		return fault{}
	}
	return fault{name: f.XMLName.Local, message: f.Message, details: f.Details, retryAfter: f.RetryAfter}
}

// excerpt is the beginning of a text that somebody else wrote.
func excerpt(s string) string {
	const most = 300
	if len(s) <= most {
		return strings.ToValidUTF8(s, "?")
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) { // bytes that are no text begin nowhere
		cut--
	}
	return strings.ToValidUTF8(s[:cut], "?") + "…"
}
