package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// adminPath is where a simulator is controlled over HTTP.
const adminPath = "/_simulator"

// An adminAction is one row of the admin paths.
type adminAction struct {
	method, path string
	help         string
	do           func(*Simulator, http.ResponseWriter, *http.Request)
}

func adminActions() []adminAction {
	return []adminAction{
		{"GET", "/faults", "the fault rules, one per line, each with how often it decided", (*Simulator).listFaults},
		{"POST", "/faults", "add the rules in the body, one per line", (*Simulator).addFaults},
		{"GET", "/operations", "the names of operations that rules can be about", (*Simulator).listOperations},
		{"DELETE", "/faults", "remove all fault rules", (*Simulator).clearFaults},
		{"GET", "/calls", "how often each operation was asked for, and the last calls", (*Simulator).listCalls},
		{"DELETE", "/calls", "forget them", (*Simulator).forgetCalls},
		{"GET", "/state", "what both clouds hold, in the form that seeds them", (*Simulator).writeState},
		{"POST", "/token/expire", "end the life of every token", (*Simulator).expireToken},
		{"POST", "/token/revoke", "forget the token in the body, or the present one", (*Simulator).revokeToken},
		{"POST", "/token/life", "let new tokens work for the time in the body, such as 90s", (*Simulator).setTokenLife},
		{"POST", "/key/reset", "make a new API key and return it", (*Simulator).resetKey},
		{"POST", "/user/disable", "refuse log-ins with 403", (*Simulator).disableUser},
		{"POST", "/user/enable", "take log-ins again", (*Simulator).enableUser},
		{"POST", "/clock/advance", "set the clock forward by the time in the body, such as 10m", (*Simulator).advanceClock},
	}
}

// serveAdmin answers admin requests, which only this machine may send.
func (s *Simulator) serveAdmin(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		http.Error(w, "the simulator is controlled from loopback only", http.StatusForbidden)
		return
	}
	path := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, adminPath), "/")
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	known := false
	for _, action := range adminActions() {
		if action.path == path && action.method == r.Method {
			action.do(s, w, r)
			return
		}
		known = known || action.path == path
	}
	switch {
	case known:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case path != "" || r.Method != http.MethodGet:
		w.WriteHeader(http.StatusNotFound)
	}
	for _, action := range adminActions() {
		fmt.Fprintf(w, "%-6s %-28s %s\n", action.method, adminPath+action.path, action.help)
	}
}

func (s *Simulator) listFaults(w http.ResponseWriter, _ *http.Request) {
	for _, c := range s.faults.Counts() {
		fmt.Fprintf(w, "%s # %d of %d\n", c.Rule, c.Fired, c.Seen)
	}
}

func (s *Simulator) addFaults(w http.ResponseWriter, r *http.Request) {
	body, ok := adminBody(w, r)
	if !ok {
		return
	}
	var rules []string
	for line := range strings.Lines(body) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			rules = append(rules, line)
		}
	}
	if err := s.AddFaults(rules...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) listOperations(w http.ResponseWriter, _ *http.Request) {
	for _, name := range Operations() {
		fmt.Fprintln(w, name)
	}
}

func (s *Simulator) clearFaults(w http.ResponseWriter, _ *http.Request) {
	s.faults.Clear()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) listCalls(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, struct {
		Counts map[string]int `json:"counts"`
		Calls  []Call         `json:"calls"`
	}{s.Counts(), s.Calls()})
}

func (s *Simulator) forgetCalls(w http.ResponseWriter, _ *http.Request) {
	s.ForgetCalls()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) writeState(w http.ResponseWriter, _ *http.Request) { writeJSON(w, s.Dump()) }

func (s *Simulator) expireToken(w http.ResponseWriter, _ *http.Request) {
	s.ExpireToken()
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) revokeToken(w http.ResponseWriter, r *http.Request) {
	body, ok := adminBody(w, r)
	if !ok {
		return
	}
	token := body
	if token == "" {
		token = s.Token()
	}
	if !s.RevokeToken(token) {
		http.Error(w, "there is no such token", http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) setTokenLife(w http.ResponseWriter, r *http.Request) {
	if d, ok := adminDuration(w, r); ok {
		s.SetTokenLife(d)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *Simulator) resetKey(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, s.ResetKey()) }

func (s *Simulator) disableUser(w http.ResponseWriter, _ *http.Request) {
	s.SetDisabled(true)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) enableUser(w http.ResponseWriter, _ *http.Request) {
	s.SetDisabled(false)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Simulator) advanceClock(w http.ResponseWriter, r *http.Request) {
	clock, ok := s.clock.(interface{ Advance(time.Duration) })
	if !ok {
		http.Error(w, "this simulator's clock cannot be set", http.StatusNotImplemented)
		return
	}
	if d, ok := adminDuration(w, r); ok {
		clock.Advance(d)
		w.WriteHeader(http.StatusNoContent)
	}
}

func adminBody(w http.ResponseWriter, r *http.Request) (string, bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return "", false
	}
	return strings.TrimSpace(string(body)), true
}

func adminDuration(w http.ResponseWriter, r *http.Request) (time.Duration, bool) {
	body, ok := adminBody(w, r)
	if !ok {
		return 0, false
	}
	d, err := time.ParseDuration(body)
	if err != nil || d <= 0 {
		http.Error(w, fmt.Sprintf("the body must be a time such as 90s, not %.40q", body), http.StatusBadRequest)
		return 0, false
	}
	return d, true
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.Encode(value)
}
