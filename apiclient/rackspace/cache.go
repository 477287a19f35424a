package rackspace

import "context"

// A SessionCache keeps sessions between processes. It holds live tokens: whoever implements
// it keeps them from other users of the machine. Failures are its own affair, because a
// session that was not kept costs one log-in. It must be safe for many goroutines.
type SessionCache interface {
	// Load returns the session kept for these credentials (user name and AuthURL), or nil.
	Load(ctx context.Context, creds Credentials) *Session
	// Store keeps a session.
	Store(ctx context.Context, creds Credentials, session *Session)
	// Drop forgets the session, because its token or the key was refused.
	Drop(ctx context.Context, creds Credentials)
}

type noCache struct{}

func (noCache) Load(context.Context, Credentials) *Session   { return nil }
func (noCache) Store(context.Context, Credentials, *Session) {}
func (noCache) Drop(context.Context, Credentials)            {}

// cached returns a kept session that is good for longer than the mandatory window. A token
// that the service refused is dropped instead.
func (s *sessions) cached(creds Credentials, reason loginReason) *Session {
	switch reason {
	case loginRefused:
		s.options.Cache.Drop(s.life, creds)
		return nil
	case loginNeeded:
	default:
		return nil
	}
	session := s.options.Cache.Load(s.life, creds)
	if session == nil || session.Token == "" ||
		!s.clock.Now().Before(session.window(s.options.Advisory, s.options.Mandatory).required) {
		return nil
	}
	s.redact.LearnKey(session.Token)
	return session
}
