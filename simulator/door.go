package simulator

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/simulator/auth"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// ServeHTTP answers one request: admin paths, then the call log around the fault
// rules around the service.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if below(r, adminPath) {
		s.serveAdmin(w, r)
		return
	}
	service, operation := s.route(r)
	call := &Call{Operation: operation, Method: r.Method, Path: r.URL.RequestURI(), Time: s.clock.Now()}
	if service == http.Handler(s.lunanode) { // its unsigned form has the key in the query
		call.Path = r.URL.Path
	}
	s.calls.add(call)
	w = &observed{ResponseWriter: w, log: &s.calls, call: call}
	s.faults.Handle(w, r, namesOf(operation), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.calls.acted(call)
		service.ServeHTTP(w, r)
	}))
}

// route finds the service of a request and names the operation. Cloud Files and
// its CDN have URLs in a log-in's answer, but are not simulated.
func (s *Simulator) route(r *http.Request) (service http.Handler, operation string) {
	switch {
	case auth.IsLogin(r):
		return s.Service, login
	case below(r, "/storage"), below(r, "/cdn"):
		return http.HandlerFunc(noFiles), ""
	}
	if path, ok := strings.CutPrefix(r.URL.Path, lunaNodePath); ok && (path == "" || path[0] == '/' || path == ".php") {
		return s.lunanode, lunaNodeOperation(path)
	}
	return s.cloudservers, cloudservers.Operation(r)
}

// lunaNodeOperation names the call of a path /{category}/{action}/.
func lunaNodeOperation(path string) string {
	if parts := strings.Split(path, "/"); len(parts) > 2 && parts[1] != "" && parts[2] != "" {
		return parts[1] + "." + parts[2]
	}
	return ""
}

func noFiles(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "Cloud Files is not simulated", http.StatusNotImplemented)
}

// below reports whether a request's path is at or below another.
func below(r *http.Request, path string) bool {
	rest, ok := strings.CutPrefix(r.URL.Path, path)
	return ok && (rest == "" || rest[0] == '/')
}

func (s *Simulator) newInjector() *faults.Injector {
	c := faults.Config{Refuse: refuse, Failing: failing}
	if sleeper, ok := s.clock.(interface {
		Sleep(context.Context, time.Duration) error
	}); ok {
		c.Sleep = sleeper.Sleep
	}
	return faults.NewInjector(c)
}

// failing lets what a request begins end badly, whichever service it is for.
func failing(r *http.Request) *http.Request { return cloudservers.Failing(lunanode.Failing(r)) }

// refuse answers for a fault rule as each service would: Cloud Servers with a
// fault, the others with what a proxy in front of them says.
func refuse(w http.ResponseWriter, r *http.Request, fault string, status int) {
	if !auth.IsLogin(r) && !below(r, lunaNodePath) {
		cloudservers.WriteFault(w, r, fault, status)
		return
	}
	if status == 0 {
		status = max(http.StatusInternalServerError, cloudservers.FaultStatus(fault))
	}
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.WriteHeader(status)
	text := fmt.Sprintf("%d %s", status, http.StatusText(status))
	fmt.Fprintf(w, "<html><head><title>%s</title></head><body><h1>%s</h1></body></html>\n", text, text)
}
