package cloudservers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A request is what a handler needs of an HTTP request.
type request struct {
	id      int    // {id} of the pattern; -1 for one that is not a number
	idText  string // as it was sent
	address string // {address} of the pattern
	query   url.Values
	now     time.Time
	body    document
	failing bool // what it begins ends badly; see Failing
}

// versionPath is the path of the version document and the stem of all others.
const versionPath = "/v1.0"

// ServeHTTP answers one request.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, format := splitPath(r)
	out := reply{w: w, format: format, gzip: s.gzip && acceptsGzip(r)}
	a, f := s.serve(r, path)
	if f != nil {
		f.write(out)
		return
	}
	s.write(out, r, a)
}

func (s *Service) serve(r *http.Request, path string) (answer, *fault) {
	switch path {
	case "":
		return s.versions(r)
	case versionPath:
		return s.version(r)
	}
	account, below, ok := splitAccount(path)
	if !ok {
		return answer{}, notFound("there is nothing at %s", r.URL.Path)
	}
	if account != strconv.Itoa(s.account) || !s.authorize(r.Header.Get("X-Auth-Token")) {
		return answer{}, unauthorized()
	}
	if f := s.admit(r.Method, below+"?"+r.URL.RawQuery); f != nil {
		return answer{}, f
	}
	op, q, f := match(r.Method, below)
	if f != nil {
		return answer{}, f
	}
	if r.URL.RawQuery != "" {
		q.query = r.URL.Query()
	}
	if r.Method == http.MethodPost || r.Method == http.MethodPut {
		if q.body, f = readBody(r); f != nil {
			return answer{}, f
		}
	}
	q.failing = failing(r)

	s.mu.Lock()
	defer s.mu.Unlock()
	q.now = s.clock.Now()
	s.settle(q.now)
	a, f := op.handle(s, q)
	a.at = q.now
	return a, f
}

// admit counts a request against the rate limits, whatever becomes of it later.
func (s *Service) admit(method, uri string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rates.admit(method, uri, s.clock.Now())
}

// splitAccount cuts a path into the account number and the path below it.
func splitAccount(path string) (account, below string, ok bool) {
	rest, ok := strings.CutPrefix(path, versionPath+"/")
	account, below, _ = strings.Cut(rest, "/")
	return account, "/" + below, ok
}

// match finds the operation of a verb and a path below the account.
func match(method, path string) (*operation, *request, *fault) {
	q := &request{}
	var pattern string
	var allow []string
	for i := range operations {
		op := &operations[i]
		if pattern == "" && q.matches(op.pattern, path) {
			pattern = op.pattern
		}
		if pattern != op.pattern {
			continue
		}
		if op.method == method {
			return op, q, nil
		}
		allow = append(allow, op.method)
	}
	if pattern == "" {
		return nil, nil, notFound("there is nothing at %s", path)
	}
	slices.Sort(allow)
	return nil, nil, badMethod(method, path, strings.Join(allow, ", "))
}

// matches compares a path with a pattern and keeps what stands in its braces.
func (q *request) matches(pattern, path string) bool {
	for {
		var want, have string
		want, pattern, _ = strings.Cut(pattern[1:], "/")
		have, path, _ = strings.Cut(path[1:], "/")
		switch {
		case want == have:
		case want == "{id}" && have != "":
			q.setID(have)
		case want == "{address}" && have != "":
			q.address = have
		default:
			return false
		}
		if pattern == "" || path == "" {
			return pattern == path
		}
		pattern, path = "/"+pattern, "/"+path
	}
}

func (q *request) setID(text string) {
	q.idText, q.id = text, -1
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		q.id = int(n)
	}
}
