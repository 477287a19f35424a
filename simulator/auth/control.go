package auth

import "time"

// ExpireToken ends the life of every token that was issued, as time would: the
// next request with one is refused, the next log-in makes a new one.
func (s *Service) ExpireToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for token := range s.tokens {
		s.tokens[token] = now
	}
}

// RevokeToken forgets one token, as an administrator would, and reports whether
// there was such a token. Other tokens go on working.
func (s *Service) RevokeToken(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, known := s.tokens[token]
	delete(s.tokens, token)
	return known
}

// Token is the token that the next log-in returns, "" when that will be a new one.
func (s *Service) Token() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clock.Now().Before(s.tokens[s.current]) {
		return s.current
	}
	return ""
}

// ResetKey replaces the API key and returns the new one. The old key is refused
// at once; tokens that it was exchanged for go on working (section 6).
func (s *Service) ResetKey() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resets++
	s.key = s.random("api key", s.resets)
	return s.key
}

// SetDisabled makes log-ins with the right key fail with 403, or work again.
// Tokens go on working.
func (s *Service) SetDisabled(disabled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disabled = disabled
}

// SetTokenLife says how long tokens work that are made from now on.
func (s *Service) SetTokenLife(life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.life = life
}
