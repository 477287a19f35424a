package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// A service keeps its users' rules and runs them.
type service struct {
	runtime *runtime.Runtime

	mu    sync.Mutex
	rules map[string]*runtime.Program
	audit []entry
}

// An entry of the audit log is one call that a rule made, or one line that it logged.
type entry struct {
	Run     string         `json:"run"`
	At      time.Time      `json:"at"`
	Verb    string         `json:"verb,omitempty"`
	Effect  string         `json:"effect,omitempty"`
	Problem string         `json:"problem,omitempty"`
	Line    string         `json:"line,omitempty"` // of the rule that logged
	Level   string         `json:"level,omitempty"`
	Message string         `json:"message,omitempty"`
	Fields  map[string]any `json:"fields,omitempty"`
}

func newService(f *fleet) (*service, error) {
	s := &service{rules: map[string]*runtime.Program{}}
	rt, err := runtime.New(runtime.Config{
		Modules: append(stdlib.Modules(stdlib.Config{}), f.module()),
		// Rules may look at everything and reboot; nothing else.
		Policy: runtime.Policy{Allow: []runtime.Rule{{Verbs: "read"}, {Verbs: "fleet.reboot"}}},
		// No rule takes a processor, the memory or the log for itself.
		Limits: runtime.Limits{Steps: 10_000_000, Memory: 64 << 20, Time: 10 * time.Second, Calls: 200, Tasks: 20, Output: 64 << 10},
		OnCall: s.recordCall,
		OnLog:  s.recordLine,
	})
	s.runtime = rt
	return s, err
}

func (s *service) recordCall(e runtime.CallEvent) {
	if e.Effect == runtime.Local {
		return
	}
	line := entry{Run: e.RunID, Verb: e.Verb, Effect: e.Effect.String(), At: e.Start}
	if e.Err != nil {
		line.Problem = e.Err.Error()
	}
	s.record(line)
}

func (s *service) recordLine(e runtime.LogEvent) {
	line := entry{Run: e.RunID, At: e.Time, Line: e.Position.String(), Level: e.Level.String(), Message: e.Message, Fields: map[string]any{}}
	for _, a := range e.Attrs {
		line.Fields[a.Key] = a.Value.Any()
	}
	s.record(line)
}

func (s *service) record(e entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.audit = append(s.audit, e)
}

func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /rules/{name}", s.upload)
	mux.HandleFunc("POST /rules/{name}/run", s.run)
	mux.HandleFunc("GET /audit", s.showAudit)
	return mux
}

func (s *service) upload(w http.ResponseWriter, r *http.Request) {
	source, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	name := r.PathValue("name")
	program, err := runtime.Compile(name, source)
	if err != nil {
		http.Error(w, explain(err), http.StatusUnprocessableEntity)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules[name] = program
	w.WriteHeader(http.StatusNoContent)
}

// run executes a rule; the address's query is its table params.
func (s *service) run(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	program := s.rules[r.PathValue("name")]
	s.mu.Unlock()
	if program == nil {
		http.Error(w, "there is no such rule", http.StatusNotFound)
		return
	}
	params := map[string]any{}
	for name, values := range r.URL.Query() {
		params[name] = values[0]
	}
	var out strings.Builder
	// The request's context cancels the rule when the client goes away.
	_, err := s.runtime.Run(r.Context(), program, runtime.RunOptions{Params: params, Stdout: &out})
	if err != nil {
		http.Error(w, out.String()+explain(err), status(err))
		return
	}
	_, _ = io.WriteString(w, out.String())
}

// status is the answer's status for a rule that failed.
func status(err error) int {
	switch {
	case errors.Is(err, &runtime.Error{Kind: runtime.Denied}):
		return http.StatusForbidden
	case errors.Is(err, &runtime.Error{Kind: runtime.Limit}):
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// explain is the error as the rule's author wants to see it.
func explain(err error) string {
	var e *runtime.Error
	if errors.As(err, &e) {
		return e.Render(runtime.RenderOptions{})
	}
	return err.Error()
}

func (s *service) showAudit(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s.audit)
}
