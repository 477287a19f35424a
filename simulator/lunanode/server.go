package lunanode

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Server is one simulated account behind the API. It is an http.Handler for
// /api/ (and, with Config.Legacy, for /api and /api.php) and safe for many
// goroutines.
type Server struct {
	config  Config
	actions map[actionName]action

	mu      sync.Mutex // guards everything below
	apiKey  string
	skew    time.Duration
	nonces  nonces
	account *account
}

// New makes a server with the seeds of spec section 10 and nothing else in the
// account. Credentials of the wrong length are taken as they are, although no
// real client will send them: Config.Validate tells.
func New(config Config) *Server {
	config = config.withDefaults()
	return &Server{
		config:  config,
		actions: allActions(),
		apiKey:  config.APIKey,
		skew:    config.ClockSkew,
		account: newAccount(config),
	}
}

// ServeHTTP answers one call. Whatever yields a JSON answer has status 200 (spec
// section 8), except what never reaches the API: another method, another path, a
// body that is too large. The header Date shows the time that nonces are held against,
// so that a caller can tell a wrong clock from a wrong key.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.nonceTime().UTC().Format(http.TimeFormat))
	if s.isLegacy(r) {
		s.serveLegacy(w, r)
		return
	}
	name, ok := splitPath(r.URL.Path)
	if !ok {
		s.fail(w, http.StatusNotFound, fault("invalid path: calls go to /api/{category}/{action}/"))
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		s.fail(w, http.StatusMethodNotAllowed, faultf("invalid method %s: signed calls are sent by POST", r.Method))
		return
	}
	if !s.readForm(w, r) {
		return
	}
	ps, err := s.authenticate(r, name.String()+"/")
	if err != nil {
		s.fail(w, http.StatusOK, err)
		return
	}
	s.serveCall(w, r, name, ps)
}

// splitPath takes the category and the action out of a path. Without the trailing
// slash it is the same call; what is signed has it in any case.
func splitPath(path string) (actionName, bool) {
	parts := strings.Split(strings.TrimPrefix(strings.TrimPrefix(path, "/api/"), "/"), "/")
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return actionName{}, false
	}
	return actionName{parts[0], parts[1]}, true
}

// readForm reads the body's form fields. A body that is no form has none, as in
// PHP, so the call fails to authenticate.
func (s *Server) readForm(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, s.config.MaxBody)
	err := r.ParseForm()
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		s.fail(w, http.StatusRequestEntityTooLarge, faultf("the request is larger than %d bytes", tooLarge.Limit))
		return false
	}
	return true
}

// serveCall carries out a call that has been authenticated.
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request, name actionName, ps params) {
	if err := s.allows(name); err != nil {
		s.fail(w, http.StatusOK, err)
		return
	}
	if err := catalogue().check(name, ps); err != nil {
		s.fail(w, http.StatusOK, err)
		return
	}
	result, err := s.do(name, ps, isFailing(r))
	if err != nil {
		s.fail(w, http.StatusOK, err)
		return
	}
	if result == nil {
		result = object{}
	}
	result.send(s, w)
}

// send answers success and the members.
func (o object) send(s *Server, w http.ResponseWriter) {
	s.write(w, http.StatusOK, append(object{{"success", "yes"}}, o...))
}

// do carries out a call on the account; failing makes what it begins end badly.
func (s *Server) do(name actionName, ps params, failing bool) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actions[name](&call{account: s.account, params: ps, now: s.config.Clock.Now().UTC(), failing: failing})
}

// allows judges the key's own restriction to some actions.
func (s *Server) allows(name actionName) error {
	if allowed := s.config.AllowedActions; len(allowed) > 0 && !slices.Contains(allowed, name.category+"."+name.action) {
		return faultf("the API key is not allowed to call %s.%s", name.category, name.action)
	}
	return nil
}

func (s *Server) fail(w http.ResponseWriter, status int, err error) {
	s.write(w, status, object{{"success", "no"}, {"error", markup(err.Error())}})
}

func (s *Server) write(w http.ResponseWriter, status int, body object) {
	e := encoder{emptyMapAsList: s.config.EmptyMapAsList, escapeEverything: s.config.EscapeEverything}
	e.value(body)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", decimal(len(e.out)))
	w.WriteHeader(status)
	w.Write(e.out)
}
