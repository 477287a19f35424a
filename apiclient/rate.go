package apiclient

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

// A Rate is one limit as a service states it: at most Value calls with a method, to paths that
// Pattern fits, in a Window, which begins with the first call that it counts.
type Rate struct {
	Method  string         // "" is every method
	Pattern *regexp.Regexp // matched against Request.Path; nil fits all
	Name    string         // for people: "10 POST calls a minute on *"
	Value   int
	Window  time.Duration

	Remaining int       // calls left now
	Reset     time.Time // when the present window ends, if calls were made in it
}

func (r *Rate) fits(req *Request) bool {
	return (r.Method == "" || r.Method == req.Method) && (r.Pattern == nil || r.Pattern.MatchString(req.Path))
}

// A limit lets calls through as far as it allows.
type limit interface {
	// room reports whether a call may go now; if not, opens is when to ask again, zero for
	// when a call under way has ended.
	room(now time.Time) (ok bool, opens time.Time)
	take(now time.Time)
	giveBack() // the call was not sent after all
	// ended sees a call that was sent; err is nil for a success.
	ended(now time.Time, err *Error)
	String() string // completes "the rate limit of"
}

// A window is the limit that a Rate states.
type window struct {
	Rate
	patience time.Duration // a wait that is longer is not made: the service itself shall say so
	ends     time.Time
	used     int
	sure     bool // whether ends counts from an answer, not from a sending
	wrong    bool // the service took a call that it does not allow
}

func newWindow(r Rate, now time.Time, patience time.Duration) *window {
	w := &window{Rate: r, patience: patience}
	if r.Remaining < r.Value {
		// The service's clock is not ours: its end of the window is believed as far as it can be.
		left := min(max(r.Reset.Sub(now)+time.Second, time.Second), r.Window)
		w.ends, w.used, w.sure = now.Add(left), r.Value-max(r.Remaining, 0), true
	}
	return w
}

func (w *window) room(now time.Time) (bool, time.Time) {
	open := w.wrong || w.used < w.Value || !now.Before(w.ends) || w.ends.Sub(now) > w.patience
	return open, w.ends
}

func (w *window) take(now time.Time) {
	if !now.Before(w.ends) {
		w.ends, w.used, w.sure = now.Add(w.Window), 0, false
	}
	w.used++
}

func (w *window) giveBack() { w.used = max(0, w.used-1) }

func (w *window) ended(now time.Time, err *Error) {
	if refusedForRate(err) {
		w.giveBack() // the service does not count what it refuses
		return
	}
	if err == nil && w.used > w.Value && now.Before(w.ends) {
		w.wrong = true // it counts other calls than its pattern says
	}
	if !w.sure {
		// The service's window began when the first call arrived, which was before its answer.
		w.ends, w.sure = now.Add(w.Window), true
	}
}

// close takes over what a refusal says about the window.
func (w *window) close(until time.Time) {
	w.ends, w.used, w.sure, w.wrong = until, w.Value, true, false
}

func (w *window) String() string { return w.Name }

// A probe is a limit that is known by its refusals alone. After one it stays shut as
// long as the service asked for, then lets one call through, and twice as many at once after
// each success, until it is gone.
type probe struct {
	name   string
	opens  time.Time
	width  int           // calls at once; 0 is any number
	pause  time.Duration // after a refusal that gave no time
	flying int
}

const (
	// widest is the number of calls at once beyond which a probe holds nobody back.
	widest = 64
	// Refusals without a time shut a probe for as long, doubling from the one to the other.
	firstPause = time.Second
	lastPause  = 16 * time.Second
)

func (p *probe) room(now time.Time) (bool, time.Time) {
	switch {
	case now.Before(p.opens):
		return false, p.opens
	case p.width > 0 && p.flying >= p.width:
		return false, time.Time{}
	}
	return true, time.Time{}
}

func (p *probe) take(time.Time) { p.flying++ }
func (p *probe) giveBack()      { p.flying-- }

func (p *probe) ended(_ time.Time, err *Error) {
	p.flying--
	if refusedForRate(err) || err != nil && err.Status == 0 || p.width == 0 {
		return
	}
	p.pause = 0
	if p.width *= 2; p.width > widest {
		p.width = 0
	}
}

// shut is what a refusal does, also that of a call which was sent before there was a probe.
func (p *probe) shut(now time.Time, retryAfter time.Duration) {
	p.width = 1
	if retryAfter == 0 && !now.Before(p.opens) {
		p.pause = min(max(2*p.pause, firstPause), lastPause)
		retryAfter = p.pause
	}
	if until := now.Add(retryAfter); until.After(p.opens) {
		p.opens = until
	}
}

func (p *probe) String() string { return p.name }

// refusedForRate tells a refusal that time heals from an absolute limit; see retrier.
func refusedForRate(e *Error) bool {
	return e != nil && e.Kind == KindOverLimit && (e.RetryAfter > 0 || e.Status != http.StatusRequestEntityTooLarge)
}

// family is what calls have in common that a service is likely to count together: the method,
// and the path without ids and query.
func family(req *Request) string {
	path, _, _ := strings.Cut(req.Path, "?")
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.ContainsAny(part, "0123456789") {
			parts[i] = "*"
		}
	}
	return req.Method + " " + strings.Join(parts, "/")
}
