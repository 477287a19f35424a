package rackspace

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// sessions keeps the one session that all calls of a client share. It is safe by
// construction: there is no way to use it without its lock.
type sessions struct {
	options SessionOptions
	source  CredentialSource
	auth    *authenticator
	clock   clock.Clock
	redact  *apiclient.Redactor
	life    context.Context // of the client; log-ins run in it, not in a caller's context

	mu        sync.Mutex
	current   *Session
	window    window
	flight    *flight
	refused   *refusal
	notBefore time.Time // of the next advisory renewal, after one that failed
}

// SessionOptions shape the renewal of sessions. The zero value is the default.
type SessionOptions struct {
	Advisory  time.Duration // renew this long before the end while calls go on; default 10 min, at most a fifth of the life
	Mandatory time.Duration // wait for the renewal from this long before the end; default 1 min, at most a twentieth
	Refused   time.Duration // how long a refused key is not sent again; default 1 min
	Cache     SessionCache  // keeps sessions between processes; nil keeps none
}

func (o SessionOptions) withDefaults() SessionOptions {
	if o.Advisory <= 0 {
		o.Advisory = 10 * time.Minute
	}
	if o.Mandatory <= 0 {
		o.Mandatory = time.Minute
	}
	if o.Refused <= 0 {
		o.Refused = time.Minute
	}
	if o.Cache == nil {
		o.Cache = noCache{}
	}
	return o
}

// renewalPause is the time between advisory renewals when they fail.
const renewalPause = 30 * time.Second

// A flight is one log-in that any number of callers wait for.
type flight struct {
	done    chan struct{}
	session *Session
	err     error
}

// A refusal is the last key that the service did not take.
type refusal struct {
	creds Credentials
	at    time.Time
	err   *apiclient.Error
}

// get returns a session that is good now, as far as anybody can know.
func (s *sessions) get(ctx context.Context) (*Session, error) {
	s.mu.Lock()
	now := s.clock.Now()
	if s.current != nil && now.Before(s.window.required) {
		defer s.mu.Unlock()
		if s.flight == nil && !now.Before(s.window.advised) && !now.Before(s.notBefore) {
			s.start(loginRenew)
		}
		return s.current, nil
	}
	f := s.join(loginNeeded)
	s.mu.Unlock()
	return s.wait(ctx, f)
}

// replace returns a session other than the one that the service refused. However many
// callers were refused with it, one log-in is made.
func (s *sessions) replace(ctx context.Context, refused *Session) (*Session, error) {
	s.mu.Lock()
	if s.current != nil && s.current != refused {
		defer s.mu.Unlock()
		return s.current, nil
	}
	s.current = nil
	f := s.join(loginRefused)
	s.mu.Unlock()
	return s.wait(ctx, f)
}

// force logs in now, whatever the present session and a recent refusal say.
func (s *sessions) force(ctx context.Context) (*Session, error) {
	s.mu.Lock()
	s.refused = nil
	f := s.join(loginForced)
	s.mu.Unlock()
	return s.wait(ctx, f)
}

// Why a log-in is made. A cached session does only for the first need.
type loginReason int

const (
	loginNeeded  loginReason = iota // there is no session, or it is about to end
	loginRenew                      // it will end before long
	loginRefused                    // the service refused its token
	loginForced                     // the caller asks for it
)

// join returns the log-in under way, or starts one. The lock is held.
func (s *sessions) join(reason loginReason) *flight {
	if s.flight == nil {
		s.start(reason)
	}
	return s.flight
}

// start starts a log-in in the client's own life. The lock is held.
func (s *sessions) start(reason loginReason) {
	f := &flight{done: make(chan struct{})}
	s.flight = f
	s.clock.Go(func() {
		f.session, f.err = s.login(reason)
		s.land(f)
	})
}

func (s *sessions) land(f *flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flight = nil
	if f.err == nil {
		s.current = f.session
		s.window = f.session.window(s.options.Advisory, s.options.Mandatory)
	} else {
		s.notBefore = s.clock.Now().Add(renewalPause)
	}
	close(f.done)
}

// wait waits for a log-in. Each caller gets an error of its own, because links of its chain
// write into it.
func (s *sessions) wait(ctx context.Context, f *flight) (*Session, error) {
	if err := s.clock.Wait(ctx, f.done); err != nil {
		return nil, s.redact.Ended(ctx, &apiclient.Request{Op: authOp}, "waiting for a log-in", err)
	}
	if f.err != nil {
		return nil, ownError(f.err)
	}
	return f.session, nil
}

// login reads the credentials and logs in. Refused credentials are read once more: another
// key is tried at once, the same one is not.
func (s *sessions) login(reason loginReason) (*Session, error) {
	for {
		if err := s.life.Err(); err != nil {
			return nil, &apiclient.Error{Kind: apiclient.KindCancelled, Op: authOp, Message: "the client is closed", Cause: err}
		}
		creds, err := s.credentials()
		if err != nil {
			return nil, s.noCredentials(err)
		}
		if e := s.refusedBefore(creds); e != nil {
			return nil, e
		}
		if session := s.cached(creds, reason); session != nil {
			return session, nil
		}
		session, err := s.auth.exchange(s.life, creds)
		var e *apiclient.Error
		if errors.As(err, &e) && e.Kind == apiclient.KindUnauthorized {
			s.remember(creds, e)
			continue
		}
		if err == nil {
			s.options.Cache.Store(s.life, creds, session)
		}
		return session, err
	}
}

func (s *sessions) credentials() (Credentials, error) {
	if s.source == nil {
		return Credentials{}, errors.New("the client was made without credentials")
	}
	creds, err := s.source.Credentials(s.life)
	if err != nil {
		return creds, err
	}
	return creds.resolve()
}

func (s *sessions) noCredentials(err error) error {
	var own *apiclient.Error
	if errors.As(err, &own) {
		return own
	}
	return &apiclient.Error{Kind: apiclient.KindCredentials, Op: authOp, Message: s.redact.Text(err.Error()), Cause: err}
}

func (s *sessions) refusedBefore(creds Credentials) *apiclient.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused == nil || !s.refused.creds.same(creds) || s.clock.Now().Sub(s.refused.at) >= s.options.Refused {
		return nil
	}
	return s.refused.err
}

func (s *sessions) remember(creds Credentials, e *apiclient.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = &refusal{creds: creds, at: s.clock.Now(), err: e}
	s.options.Cache.Drop(s.life, creds)
}

// ownError is a copy of an error that several callers get, because links of a chain and
// callers write into theirs.
func ownError(err error) error {
	var e *apiclient.Error
	if errors.As(err, &e) {
		own := *e
		return &own
	}
	return err
}
