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
		if notModified(w, r, a.changed, a.at) {
			a = empty(http.StatusNotModified)
		}
		if s.cached && a.status == http.StatusOK {
			a.status = http.StatusNonAuthoritativeInfo
			w.Header().Set("Last-Modified", a.at.UTC().Format(http.TimeFormat))
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
// dated at the end of its second, and an answer never later than the second before
// it: what changes after the answer, even at the same moment, has a later date.
func notModified(w http.ResponseWriter, r *http.Request, changed, at time.Time) bool {
	if changed.IsZero() {
		return false
	}
	changed = endOfSecond(changed)
	date := changed
	if last := endOfSecond(at).Add(-time.Second); date.After(last) {
		date = last
	}
	w.Header().Set("Last-Modified", date.UTC().Format(http.TimeFormat))
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !changed.After(since)
}

func endOfSecond(t time.Time) time.Time {
	if start := t.Truncate(time.Second); start.Before(t) {
		return start.Add(time.Second)
	}
	return t
}
