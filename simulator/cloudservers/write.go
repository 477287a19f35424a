package cloudservers

import (
	"net/http"
	"strconv"
	"time"
)

// write sends an answer that is no fault.
func (s *Service) write(out reply, r *http.Request, a answer) {
	w := out.w
	if r.Method == http.MethodGet {
		now := s.clock.Now()
		if notModified(w, r, a.changed, now) {
			a = empty(http.StatusNotModified)
		}
		if s.cached && a.status == http.StatusOK {
			a.status = http.StatusNonAuthoritativeInfo
			w.Header().Set("Last-Modified", now.UTC().Format(http.TimeFormat))
		}
	}
	switch {
	case a.name != "":
		out.body(a.status, a)
	case a.status == http.StatusNoContent || a.status == http.StatusNotModified:
		w.WriteHeader(a.status)
	default:
		w.Header().Set("Content-Length", strconv.Itoa(0))
		w.WriteHeader(a.status)
	}
}

// notModified tells when the answer last changed and compares that with the
// request's If-Modified-Since. The header counts whole seconds, so a change is
// dated at the end of its second, and not before that second is over: what is
// changed later always has a later date.
func notModified(w http.ResponseWriter, r *http.Request, changed, now time.Time) bool {
	if changed.IsZero() {
		return false
	}
	date := changed.Truncate(time.Second)
	if date.Before(changed) {
		date = date.Add(time.Second)
	}
	if !now.After(date) {
		return false
	}
	w.Header().Set("Last-Modified", date.UTC().Format(http.TimeFormat))
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !date.After(since)
}
