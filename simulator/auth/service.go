package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Clock tells the service what time it is.
type Clock interface{ Now() time.Time }

// An Account is who can log in. Zero fields mean the defaults.
type Account struct {
	Username  string        // "demo"
	APIKey    string        // 32 hexadecimal digits, made from the seed
	Number    int           // 700123
	TokenLife time.Duration // how long a token works; 24 h
}

// Config says what a service is like.
type Config struct {
	Clock      Clock
	Account    Account
	RandomSeed uint64
	JSONFaults bool   // refuse log-ins in JSON, as version 1.1 does, not in plain text
	BaseURL    string // what service URLs begin with; "": how the log-in reached the service
}

// A Service answers log-ins to one account. It is safe for many goroutines.
type Service struct {
	clock      Clock
	username   string
	number     int
	seed       uint64
	jsonFaults bool
	baseURL    string

	mu       sync.Mutex
	key      string
	life     time.Duration
	disabled bool
	made     int                  // tokens
	resets   int                  // of the key
	current  string               // the token that a log-in returns while it is alive
	tokens   map[string]time.Time // when each one expires
}

// New makes a service.
func New(c Config) *Service {
	a := c.Account
	s := &Service{clock: c.Clock, username: a.Username, number: a.Number, seed: c.RandomSeed, jsonFaults: c.JSONFaults,
		baseURL: strings.TrimRight(c.BaseURL, "/"), key: a.APIKey, life: a.TokenLife, tokens: map[string]time.Time{}}
	if s.username == "" {
		s.username = "demo"
	}
	if s.key == "" {
		s.key = s.random("api key", 0)
	}
	if s.number == 0 {
		s.number = 700123
	}
	if s.life == 0 {
		s.life = 24 * time.Hour
	}
	return s
}

// random is 32 hexadecimal digits that follow from the seed.
func (s *Service) random(purpose string, n int) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%d %s %d", s.seed, purpose, n))
	return hex.EncodeToString(h[:16])
}

// IsLogin reports whether a request is a log-in: on a port that Cloud Servers
// shares, a GET of /v1.0 is one if it carries a credential header (section 9).
func IsLogin(r *http.Request) bool {
	if r.URL.Path != "/v1.0" && r.URL.Path != "/v1.0/" {
		return false
	}
	for _, name := range []string{"X-Auth-User", "X-Auth-Key", "X-Storage-User", "X-Storage-Pass"} {
		if r.Header.Get(name) != "" || r.Header[name] != nil {
			return true
		}
	}
	return false
}

// ServeHTTP answers a log-in (sections 2 to 4).
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
		return
	}
	user, key := r.Header.Get("X-Auth-User"), r.Header.Get("X-Auth-Key")
	if r.Header["X-Auth-User"] == nil && r.Header["X-Storage-User"] != nil {
		user, key = r.Header.Get("X-Storage-User"), r.Header.Get("X-Storage-Pass")
	}
	token, left, status := s.logIn(user, key)
	if status != http.StatusNoContent {
		s.refuse(w, status)
		return
	}
	base := s.base(r)
	account := strconv.Itoa(s.number)
	h := w.Header()
	h.Set("X-Auth-Token", token)
	h.Set("X-Storage-Token", token)
	h.Set("X-Server-Management-Url", base+"/v1.0/"+account)
	h.Set("X-Storage-Url", base+"/storage/v1/MossoCloudFS_"+account)
	h.Set("X-CDN-Management-Url", base+"/cdn/v1/MossoCloudFS_"+account)
	h.Set("Cache-Control", fmt.Sprintf("s-maxage=%d", int(left/time.Second)))
	h.Set("Vary", "X-Auth-Token,X-Auth-Key,X-Storage-User,X-Storage-Pass")
	w.WriteHeader(http.StatusNoContent)
}

func (s *Service) base(r *http.Request) string {
	switch {
	case s.baseURL != "":
		return s.baseURL
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// logIn returns the live token, or a new one, and how long it still works.
func (s *Service) logIn(user, key string) (token string, left time.Duration, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if user != s.username || subtle.ConstantTimeCompare([]byte(key), []byte(s.key)) != 1 {
		return "", 0, http.StatusUnauthorized
	}
	if s.disabled {
		return "", 0, http.StatusForbidden
	}
	now := s.clock.Now()
	if left := s.tokens[s.current].Sub(now); left > 0 {
		return s.current, left, http.StatusNoContent
	}
	id := s.random("token", s.made)
	s.made++
	s.current = id[:8] + "-" + id[8:12] + "-4" + id[13:16] + "-9" + id[17:20] + "-" + id[20:]
	s.tokens[s.current] = now.Add(s.life)
	return s.current, s.life, http.StatusNoContent
}

func (s *Service) refuse(w http.ResponseWriter, status int) {
	if s.jsonFaults && status == http.StatusUnauthorized {
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		w.WriteHeader(status)
		fmt.Fprint(w, `{"unauthorized":{"code":401,"message":"Username or api key is invalid"}}`)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=UTF-8")
	w.WriteHeader(status)
	fmt.Fprint(w, "Bad username or password")
}

// Valid reports whether a token works now.
func (s *Service) Valid(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock.Now().Before(s.tokens[token])
}

// Username is the user who can log in.
func (s *Service) Username() string { return s.username }

// Number is the account number.
func (s *Service) Number() int { return s.number }

// APIKey is the key that log-ins need now.
func (s *Service) APIKey() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key
}
