package lunanode

import (
	"context"
	"net/http"
	"time"
)

// APIID is the account's API id.
func (s *Server) APIID() string { return s.config.APIID }

// APIKey is the key that is good now.
func (s *Server) APIKey() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.apiKey
}

// SetAPIKey regenerates the key, as in the service's control panel: calls that are
// signed with the old one fail to authenticate from now on.
func (s *Server) SetAPIKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apiKey = key
}

// SetClockSkew changes Config.ClockSkew.
func (s *Server) SetClockSkew(skew time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = skew
}

// FailNextBuilds makes the builds of the next n machines end in ERROR, whoever
// asks for them.
func (s *Server) FailNextBuilds(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account.failNext = max(n, 0)
}

// Failing marks a request so that what it begins ends badly: a machine in ERROR,
// an image as killed. It is for handlers in front of a Server.
func Failing(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), failingKey{}, true))
}

func isFailing(r *http.Request) bool { return r.Context().Value(failingKey{}) != nil }

type failingKey struct{}
