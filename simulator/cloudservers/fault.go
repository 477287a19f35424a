package cloudservers

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// A fault is a refused request (spec section 8).
type fault struct {
	element string
	text    faultText
	allow   string // the verbs of a path that was asked with another

	retryAt      time.Time // when an over-limit request may be repeated; zero: never
	retrySeconds int       // and in how many seconds that is
}

// faultText is what a fault says; the element around it is its name.
type faultText struct {
	Message    string `json:"message" xml:"message"`
	Details    string `json:"details,omitempty" xml:"details,omitempty"`
	Code       int    `json:"code" xml:"code,attr"`
	RetryAfter string `json:"retryAfter,omitempty" xml:"retryAfter,attr,omitempty"`
}

func newFault(element string, code int, message, details string, args ...any) *fault {
	return &fault{element: element, text: faultText{Code: code, Message: message, Details: fmt.Sprintf(details, args...)}}
}

func badRequest(details string, args ...any) *fault {
	return newFault("badRequest", http.StatusBadRequest, "Bad Request", details, args...)
}

func notFound(details string, args ...any) *fault {
	return newFault("itemNotFound", http.StatusNotFound, "Not Found", details, args...)
}

// unauthorized has the recorded text, both spaces included: old clients compare it.
func unauthorized() *fault {
	return newFault("unauthorized", http.StatusUnauthorized, "Invalid authentication token.  Please renew.", "")
}

func badMediaType(details string, args ...any) *fault {
	return newFault("badMediaType", http.StatusUnsupportedMediaType, "Bad Media Type", details, args...)
}

func buildInProgress(details string, args ...any) *fault {
	return newFault("buildInProgress", http.StatusConflict, "In Progress", details, args...)
}

func backupOrResizeInProgress(details string, args ...any) *fault {
	return newFault("backupOrResizeInProgress", http.StatusConflict, "Backup Or Resize In Progress", details, args...)
}

func resizeNotAllowed(details string, args ...any) *fault {
	return newFault("resizeNotAllowed", http.StatusForbidden, "Resize Not Allowed", details, args...)
}

// overAbsoluteLimit carries no retryAfter: waiting does not help (section 7.2).
func overAbsoluteLimit(details string, args ...any) *fault {
	return newFault("overLimit", http.StatusRequestEntityTooLarge, "Over Limit", details, args...)
}

// rebooting is how the real service refused an action during a reboot: a 400
// whose message says 422.
func rebooting() *fault {
	const message = "422 Unprocessable Entity: Cannot perform requested action until reboot is complete."
	return newFault("cloudServersFault", http.StatusBadRequest, message,
		"com.rackspace.cloud.service.servers.CloudServersFault:  %s", message)
}

func badMethod(method, path, allow string) *fault {
	f := newFault("badMethod", http.StatusMethodNotAllowed, "Bad Method", "%s is not possible on %s, only %s", method, path, allow)
	f.allow = allow
	return f
}

// injected are the faults that a test can ask for by name or by status.
var injected = []struct {
	element string
	code    int
	message string
}{
	{"cloudServersFault", http.StatusInternalServerError, "Internal Server Error"},
	{"badRequest", http.StatusBadRequest, "Bad Request"},
	{"unauthorized", http.StatusUnauthorized, "Invalid authentication token.  Please renew."},
	{"resizeNotAllowed", http.StatusForbidden, "Resize Not Allowed"},
	{"itemNotFound", http.StatusNotFound, "Not Found"},
	{"badMethod", http.StatusMethodNotAllowed, "Bad Method"},
	{"buildInProgress", http.StatusConflict, "In Progress"},
	{"backupOrResizeInProgress", http.StatusConflict, "Backup Or Resize In Progress"},
	{"overLimit", http.StatusRequestEntityTooLarge, "Too many requests..."},
	{"badMediaType", http.StatusUnsupportedMediaType, "Bad Media Type"},
	{"notImplemented", http.StatusNotImplemented, "Not Implemented"},
	{"serviceUnavailable", http.StatusServiceUnavailable, "Unavailable"},
	{"serverCapacityUnavailable", http.StatusServiceUnavailable, "Server Capacity Unavailable"},
}

// FaultNames are the element names of faults that FaultStatus knows.
func FaultNames() []string {
	var names []string
	for _, known := range injected {
		names = append(names, known.element)
	}
	return names
}

// FaultStatus is the status that belongs to a fault's element name, 0 for a name
// that the API does not have.
func FaultStatus(element string) int {
	for _, known := range injected {
		if known.element == element {
			return known.code
		}
	}
	return 0
}

// WriteFault answers a request with a fault in the form that the request asks
// for. Either of element and status may be left out; a status that no element
// stands for becomes a cloudServersFault. 403 alone is one too: its element,
// resizeNotAllowed, is in the fault lists of resizes and of images alone (section 1)
// and says something about a server's state, which a plain refusal does not.
func WriteFault(w http.ResponseWriter, r *http.Request, element string, status int) {
	f := newFault("cloudServersFault", status, http.StatusText(status), "")
	for _, known := range injected {
		byStatus := element == "" && known.code == status && status != http.StatusForbidden
		if known.element == element || byStatus {
			f = newFault(known.element, known.code, known.message, "")
			break
		}
	}
	if status != 0 {
		f.text.Code = status
	}
	_, format := splitPath(r)
	f.write(reply{w: w, format: format})
}

func (f *fault) write(r reply) {
	header := r.w.Header()
	if f.allow != "" {
		header.Set("Allow", f.allow)
	}
	if !f.retryAt.IsZero() {
		f.text.RetryAfter = central(f.retryAt).Format("2006-01-02T15:04:05.000-07:00")
		header.Set("Retry-After", strconv.Itoa(f.retrySeconds))
		header.Set("Reply-After", f.retryAt.UTC().Format(http.TimeFormat))
	}
	r.body(f.text.Code, answer{name: f.element, value: f.text})
}
