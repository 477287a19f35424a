package rackspace

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// living makes a fake whose tokens live as long as the clock and the given life say, and whose
// service takes only the newest token. revoke makes it refuse that one as well.
func living(t testing.TB, v *clock.Virtual, life time.Duration) (f *fake, revoke func()) {
	f = newFake(t)
	var mu sync.Mutex
	var current string
	var ends time.Time
	f.login = func(w http.ResponseWriter, r *http.Request, n int) {
		mu.Lock()
		current, ends = token(n), v.Now().Add(life)
		mu.Unlock()
		w.Header().Set("Cache-Control", fmt.Sprintf("s-maxage=%d", int(life.Seconds())))
		f.letIn(w, n)
	}
	f.service = func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		good := r.Header.Get("X-Auth-Token") == current && v.Now().Before(ends)
		mu.Unlock()
		if !good {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"unauthorized":{"code":401,"message":"Invalid authentication token.  Please renew."}}`)
			return
		}
		fmt.Fprint(w, `{"servers":[]}`)
	}
	return f, func() { mu.Lock(); current = ""; mu.Unlock() }
}

func list(ctx context.Context, c *Client) error {
	_, err := c.Servers.List(ctx, ListOptions{})
	return err
}

func TestASessionIsRenewedBeforeItEnds(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, _ := living(t, v, 1000*time.Second) // advised 200 s, required 50 s before the end
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		at := func(moment time.Duration, logins int) {
			t.Helper()
			_ = v.Sleep(background, start.Add(moment*time.Second).Sub(v.Now()))
			if err := list(background, c); err != nil {
				t.Errorf("at %d s: %v", moment, err)
			}
			_ = v.Sleep(background, time.Millisecond) // a renewal under way ends before time moves
			if f.count() != logins {
				t.Errorf("at %d s: %d log-ins, want %d", moment, f.count(), logins)
			}
		}
		at(0, 1)
		at(799, 1)
		at(801, 2)   // advisory: in the background
		at(1600, 2)  // 801 + 799
		at(1602, 3)  //
		at(2590, 4)  // 1602 + 988: mandatory
		at(10000, 5) // long over
	})
}

func TestInTheAdvisoryWindowNobodyWaits(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, _ := living(t, v, 1000*time.Second)
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		if err := list(background, c); err != nil {
			t.Fatal(err)
		}
		let, login := make(chan struct{}), f.login
		f.login = func(w http.ResponseWriter, r *http.Request, n int) { <-let; login(w, r, n) }
		_ = v.Sleep(background, 900*time.Second)
		for range 5 { // the renewal hangs, and all go on with the old token
			if err := list(background, c); err != nil {
				t.Error(err)
			}
		}
		close(let)
		_ = v.Sleep(background, time.Second)
		if f.count() != 2 {
			t.Errorf("%d log-ins, want 2", f.count())
		}
		session, err := c.Auth(background)
		if err != nil || session.Token.Reveal() != token(2) {
			t.Errorf("got %v, %v", session, err)
		}
	})
}

func TestAnAdvisoryRenewalThatFailsIsNotRepeatedAtOnce(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, _ := living(t, v, 1000*time.Second)
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		if err := list(background, c); err != nil {
			t.Fatal(err)
		}
		f.login = func(w http.ResponseWriter, r *http.Request, n int) { w.WriteHeader(503) }
		_ = v.Sleep(background, 810*time.Second)
		for range 25 { // 25 s of calls
			if err := list(background, c); err != nil {
				t.Error(err)
			}
			_ = v.Sleep(background, time.Second)
		}
		if f.count() != 2 {
			t.Errorf("%d log-ins, want 2", f.count())
		}
		_ = v.Sleep(background, 10*time.Second)
		_ = list(background, c)
		_ = v.Sleep(background, time.Second)
		if f.count() != 3 {
			t.Errorf("%d log-ins after the pause, want 3", f.count())
		}
	})
}

func TestARefusedTokenIsReplacedOnceAndTheURLReadAnew(t *testing.T) {
	f := newFake(t)
	f.login = func(w http.ResponseWriter, r *http.Request, n int) {
		w.Header().Set("X-Auth-Token", token(n))
		w.Header().Set("X-Server-Management-Url", fmt.Sprintf("%s/moved-%d", f.URL, n))
	}
	f.service = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Auth-Token") == token(1) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"servers":[]}`)
	}
	if err := list(t.Context(), f.client(t, f.config())); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(f.sent()); got != "[GET /moved-1/servers GET /moved-2/servers]" || f.count() != 2 {
		t.Errorf("got %s with %d log-ins", got, f.count())
	}
}

func TestAFreshTokenThatIsRefusedEndsTheCall(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) }
	err := list(t.Context(), f.client(t, f.config()))
	const want = `servers.list: unauthorized: Unauthorized (HTTP 401, GET http://fake/v1.0/7/servers); ` +
		`a token that was issued just now was refused: the log-in at http://fake/auth does not open this service`
	if err == nil || f.steady(err.Error()) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if f.count() != 2 || len(f.sent()) != 2 {
		t.Errorf("%d log-ins, %d calls", f.count(), len(f.sent()))
	}
}

func TestAThousandCallersMeetingOneExpiredTokenLogInOnce(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, revoke := living(t, v, 24*time.Hour)
		config := f.config()
		config.Clock = v
		// A machine may allow few open files, and each connection has two here.
		config.Transport.RoundTripper = &http.Transport{MaxConnsPerHost: 50, MaxIdleConnsPerHost: 50}
		c := f.client(t, config)
		if err := list(background, c); err != nil {
			t.Fatal(err)
		}
		revoke()
		all(v, 1000, func(int) {
			if err := list(background, c); err != nil {
				t.Error(err)
			}
		})
		if f.count() != 2 {
			t.Errorf("%d log-ins, want 2", f.count())
		}
	})
}

func TestAThousandFirstCallersLogInOnce(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, _ := living(t, v, time.Hour)
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		all(v, 1000, func(int) {
			if _, err := c.Auth(background); err != nil {
				t.Error(err)
			}
		})
		if f.count() != 1 {
			t.Errorf("%d log-ins, want 1", f.count())
		}
	})
}

// all runs f on n goroutines of the clock and waits for them.
func all(v *clock.Virtual, n int, f func(i int)) {
	var ended atomic.Int64
	done := make(chan struct{})
	for i := range n {
		v.Go(func() {
			f(i)
			if ended.Add(1) == int64(n) {
				close(done)
			}
		})
	}
	_ = v.Wait(background, done)
}

func TestTheFirstCallersEndDoesNotEndTheLogIn(t *testing.T) {
	f := newFake(t)
	arrived, let := make(chan struct{}), make(chan struct{})
	f.login = func(w http.ResponseWriter, r *http.Request, n int) { close(arrived); <-let; f.letIn(w, n) }
	c := f.client(t, f.config())
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() { _, err := c.Auth(ctx); first <- err }()
	<-arrived
	cancel()
	if err := <-first; err == nil || err.Error() != "auth: cancelled: cancelled while waiting for a log-in" {
		t.Errorf("the first caller got %v", err)
	}
	second := make(chan error)
	go func() { _, err := c.Auth(t.Context()); second <- err }()
	close(let)
	if err := <-second; err != nil {
		t.Errorf("the second caller got %v", err)
	}
	if f.count() != 1 {
		t.Errorf("%d log-ins, want 1", f.count())
	}
}

func TestClosingTheClientEndsALogIn(t *testing.T) {
	f := newFake(t)
	arrived, let := make(chan struct{}), make(chan struct{})
	f.login = func(w http.ResponseWriter, r *http.Request, n int) { close(arrived); <-let }
	t.Cleanup(func() { close(let) })
	c := New(f.config())
	got := make(chan error)
	go func() { _, err := c.Auth(t.Context()); got <- err }()
	<-arrived
	c.Close()
	if e := asError(t, <-got); e.Kind != apiclient.KindCancelled {
		t.Errorf("got %v", e)
	}
	_, err := c.Auth(t.Context())
	if err == nil || err.Error() != "auth: cancelled: the client is closed" {
		t.Errorf("got %v", err)
	}
}

// A source whose key can be changed, as a file can.
type file struct {
	mu    sync.Mutex
	creds Credentials
	reads int
}

func (s *file) Credentials(context.Context) (Credentials, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	return s.creds, nil
}

func (s *file) write(key apiclient.Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.creds.APIKey = key
}

func TestAKeyThatWasRegeneratedTakesEffect(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f := newFake(t)
		f.login = func(w http.ResponseWriter, r *http.Request, n int) {
			if r.Header.Get("X-Auth-Key") != "the-new-key" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			f.letIn(w, n)
		}
		config := f.config()
		source := &file{creds: Credentials{Username: "mira", APIKey: "the-old-key", AuthURL: f.URL + "/auth"}}
		config.Credentials, config.Clock = source, v
		c := f.client(t, config)
		for range 5 {
			if _, err := c.Auth(background); asError(t, err).Kind != apiclient.KindUnauthorized {
				t.Fatal(err)
			}
		}
		if f.count() != 1 {
			t.Errorf("the refused key was sent %d times", f.count())
		}
		source.write("the-new-key")
		if _, err := c.Auth(background); err != nil {
			t.Error(err)
		}
		source.write("the-old-key")
		if _, err := c.Login(background); err == nil {
			t.Error("a forced log-in did not use the key as it is now")
		}
		if f.count() != 3 {
			t.Errorf("%d log-ins, want 3", f.count())
		}
	})
}

func TestARefusedKeyIsTriedAgainAfterAWhile(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f := newFake(t)
		f.login = func(w http.ResponseWriter, r *http.Request, n int) { w.WriteHeader(http.StatusUnauthorized) }
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		for range 4 {
			_, _ = c.Auth(background)
			_ = v.Sleep(background, 40*time.Second)
		}
		if f.count() != 2 {
			t.Errorf("%d log-ins in 160 s, want 2", f.count())
		}
	})
}

// The key changes while the refused one is on its way: it is tried within the same call.
func TestAKeyThatChangedMeanwhileIsTriedAtOnce(t *testing.T) {
	f := newFake(t)
	source := &file{creds: Credentials{Username: "mira", APIKey: "the-old-key", AuthURL: f.URL + "/auth"}}
	f.login = func(w http.ResponseWriter, r *http.Request, n int) {
		if r.Header.Get("X-Auth-Key") == "the-old-key" {
			source.write("the-new-key")
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		f.letIn(w, n)
	}
	config := f.config()
	config.Credentials = source
	if _, err := f.client(t, config).Auth(t.Context()); err != nil || f.count() != 2 {
		t.Errorf("%v after %d log-ins", err, f.count())
	}
}

// A memory is a SessionCache for tests.
type memory struct {
	mu   sync.Mutex
	kept *Session
	log  []string
}

func (m *memory) Load(context.Context, Credentials) *Session {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.log = append(m.log, "load")
	return m.kept
}

func (m *memory) Store(_ context.Context, _ Credentials, s *Session) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept, m.log = s, append(m.log, "store "+s.Token.Reveal())
}

func (m *memory) Drop(context.Context, Credentials) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept, m.log = nil, append(m.log, "drop")
}

func TestASessionIsKeptBetweenProcesses(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		f, revoke := living(t, v, time.Hour)
		cache := &memory{}
		process := func() *Client {
			config := f.config()
			config.Clock, config.Sessions.Cache = v, cache
			return f.client(t, config)
		}
		check := func(when string, logins int, log string) {
			t.Helper()
			if err := list(background, process()); err != nil {
				t.Errorf("%s: %v", when, err)
			}
			if got := fmt.Sprint(cache.log); f.count() != logins || got != log {
				t.Errorf("%s: %d log-ins, cache %s; want %d, %s", when, f.count(), got, logins, log)
			}
			cache.log = nil
		}
		check("first", 1, "[load store token-000001]")
		check("again", 1, "[load]")
		revoke()
		check("after the token was revoked", 2, "[load drop store token-000002]")
		_ = v.Sleep(background, 59*time.Minute)
		check("shortly before its end", 3, "[load store token-000003]")
	})
}
