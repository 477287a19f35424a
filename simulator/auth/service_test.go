package auth_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator/auth"
)

func newService(c auth.Config) (*auth.Service, *clock.Virtual) {
	v := clock.NewVirtual(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	c.Clock = v
	c.Account = auth.Account{Username: "mira", APIKey: "5f0c2b7e9d134a68b1c7e2f09a4d6e83", Number: 700123, TokenLife: c.Account.TokenLife}
	return auth.New(c), v
}

func ask(s *auth.Service, method string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, "http://sim.test:8080/v1.0", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func logIn(s *auth.Service) *http.Response {
	return ask(s, "GET", "X-Auth-User", "mira", "X-Auth-Key", s.APIKey())
}

func TestLogInAnswersWithHeadersOnly(t *testing.T) {
	s, _ := newService(auth.Config{})
	r := logIn(s)
	if r.StatusCode != 204 {
		t.Fatalf("status %d", r.StatusCode)
	}
	token := r.Header.Get("X-Auth-Token")
	for name, want := range map[string]string{
		"X-Storage-Token":         token,
		"X-Server-Management-Url": "http://sim.test:8080/v1.0/700123",
		"X-Storage-Url":           "http://sim.test:8080/storage/v1/MossoCloudFS_700123",
		"X-CDN-Management-Url":    "http://sim.test:8080/cdn/v1/MossoCloudFS_700123",
		"Cache-Control":           "s-maxage=86400",
		"Vary":                    "X-Auth-Token,X-Auth-Key,X-Storage-User,X-Storage-Pass",
		"WWW-Authenticate":        "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(token) != 36 || !s.Valid(token) {
		t.Errorf("the token %q is no UUID or does not work", token)
	}
}

func TestServiceURLsFollowTheLogIn(t *testing.T) {
	behindProxy, _ := newService(auth.Config{BaseURL: "https://cloud.test/sim/"})
	if got := logIn(behindProxy).Header.Get("X-Server-Management-Url"); got != "https://cloud.test/sim/v1.0/700123" {
		t.Errorf("with a base URL the management URL is %s", got)
	}
	s, _ := newService(auth.Config{})
	r := httptest.NewRequest("GET", "https://sim.test/v1.0", nil)
	r.Header.Set("X-Auth-User", "mira")
	r.Header.Set("X-Auth-Key", s.APIKey())
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if got := w.Header().Get("X-Server-Management-Url"); got != "https://sim.test/v1.0/700123" {
		t.Errorf("over TLS the management URL is %s", got)
	}
}

func TestWhoIsRefused(t *testing.T) {
	const key = "5f0c2b7e9d134a68b1c7e2f09a4d6e83"
	for name, test := range map[string]struct {
		headers []string
		status  int
	}{
		"right":                          {[]string{"X-Auth-User", "mira", "X-Auth-Key", key}, 204},
		"storage pair":                   {[]string{"X-Storage-User", "mira", "X-Storage-Pass", key}, 204},
		"user wins over storage pair":    {[]string{"X-Auth-User", "eve", "X-Storage-User", "mira", "X-Storage-Pass", key}, 401},
		"one of each pair":               {[]string{"X-Storage-User", "mira", "X-Auth-Key", key}, 401},
		"wrong key":                      {[]string{"X-Auth-User", "mira", "X-Auth-Key", "wrong"}, 401},
		"no key":                         {[]string{"X-Auth-User", "mira"}, 401},
		"unknown user":                   {[]string{"X-Auth-User", "eve", "X-Auth-Key", key}, 401},
		"blank user":                     {[]string{"X-Auth-User", "", "X-Auth-Key", key}, 401},
		"no user":                        {[]string{"X-Auth-Key", key}, 401},
		"key of a user in another case ": {[]string{"X-Auth-User", "Mira", "X-Auth-Key", key}, 401},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newService(auth.Config{})
			r := ask(s, "GET", test.headers...)
			if r.StatusCode != test.status {
				t.Fatalf("status %d, want %d", r.StatusCode, test.status)
			}
			if test.status == 204 {
				return
			}
			body := make([]byte, 100)
			n, _ := r.Body.Read(body)
			if got := string(body[:n]); got != "Bad username or password" {
				t.Errorf("body %q", got)
			}
			if r.Header.Get("Content-Type") != "text/plain; charset=UTF-8" || r.Header.Get("X-Auth-Token") != "" {
				t.Errorf("headers %v", r.Header)
			}
		})
	}
}

func TestOnlyGETLogsIn(t *testing.T) {
	s, _ := newService(auth.Config{})
	for _, method := range []string{"POST", "PUT", "DELETE", "HEAD"} {
		if r := ask(s, method, "X-Auth-User", "mira", "X-Auth-Key", s.APIKey()); r.StatusCode != 405 || r.Header.Get("Allow") != "GET" {
			t.Errorf("%s: status %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
}

func TestJSONFault(t *testing.T) {
	s, _ := newService(auth.Config{JSONFaults: true})
	r := ask(s, "GET", "X-Auth-User", "mira", "X-Auth-Key", "wrong")
	body := make([]byte, 200)
	n, _ := r.Body.Read(body)
	if got := string(body[:n]); r.StatusCode != 401 || got != `{"unauthorized":{"code":401,"message":"Username or api key is invalid"}}` {
		t.Errorf("status %d, body %s", r.StatusCode, got)
	}
}

func TestTokenIsReusedUntilItExpires(t *testing.T) {
	s, clock := newService(auth.Config{Account: auth.Account{TokenLife: time.Hour}})
	first := logIn(s).Header.Get("X-Auth-Token")
	clock.Advance(59*time.Minute + 500*time.Millisecond)
	r := logIn(s)
	if r.Header.Get("X-Auth-Token") != first || r.Header.Get("Cache-Control") != "s-maxage=59" {
		t.Errorf("a second log-in gives %v", r.Header)
	}
	clock.Advance(time.Minute)
	if s.Valid(first) || s.Token() != "" {
		t.Error("the token works after its life")
	}
	if r := logIn(s); r.Header.Get("X-Auth-Token") == first || r.Header.Get("Cache-Control") != "s-maxage=3600" {
		t.Errorf("a log-in after the token's life gives %v", r.Header)
	}
}

func TestControls(t *testing.T) {
	token := func(s *auth.Service) string { return logIn(s).Header.Get("X-Auth-Token") }

	t.Run("expire", func(t *testing.T) {
		s, _ := newService(auth.Config{})
		old := token(s)
		s.ExpireToken()
		if s.Valid(old) || token(s) == old {
			t.Error("the token goes on")
		}
	})
	t.Run("revoke", func(t *testing.T) {
		s, _ := newService(auth.Config{})
		old := token(s)
		if s.RevokeToken("another") || !s.RevokeToken(old) || s.RevokeToken(old) {
			t.Error("RevokeToken does not say which tokens there are")
		}
		if s.Valid(old) || token(s) == old {
			t.Error("the token goes on")
		}
	})
	t.Run("reset key", func(t *testing.T) {
		s, _ := newService(auth.Config{})
		oldKey, oldToken := s.APIKey(), token(s)
		if key := s.ResetKey(); key == oldKey || key != s.APIKey() || len(key) != 32 {
			t.Errorf("the new key is %q", key)
		}
		if r := ask(s, "GET", "X-Auth-User", "mira", "X-Auth-Key", oldKey); r.StatusCode != 401 {
			t.Errorf("the old key gives %d", r.StatusCode)
		}
		if !s.Valid(oldToken) || token(s) != oldToken {
			t.Error("the old token does not go on")
		}
	})
	t.Run("disable", func(t *testing.T) {
		s, _ := newService(auth.Config{})
		old := token(s)
		s.SetDisabled(true)
		if r := logIn(s); r.StatusCode != 403 {
			t.Errorf("a disabled user gets %d", r.StatusCode)
		}
		if r := ask(s, "GET", "X-Auth-User", "mira", "X-Auth-Key", "wrong"); r.StatusCode != 401 {
			t.Errorf("a disabled user with a wrong key gets %d", r.StatusCode)
		}
		if !s.Valid(old) {
			t.Error("the token does not go on")
		}
		s.SetDisabled(false)
		if token(s) != old {
			t.Error("the user cannot log in again")
		}
	})
	t.Run("life", func(t *testing.T) {
		s, _ := newService(auth.Config{})
		s.SetTokenLife(time.Minute)
		if got := logIn(s).Header.Get("Cache-Control"); got != "s-maxage=60" {
			t.Errorf("the life is %s", got)
		}
	})
}

func TestIsLogin(t *testing.T) {
	for name, test := range map[string]struct {
		path, header string
		want         bool
	}{
		"user":            {"/v1.0", "X-Auth-User", true},
		"key":             {"/v1.0", "X-Auth-Key", true},
		"storage user":    {"/v1.0/", "X-Storage-User", true},
		"storage pass":    {"/v1.0/", "X-Storage-Pass", true},
		"token":           {"/v1.0", "X-Auth-Token", false},
		"below":           {"/v1.0/700123/servers", "X-Auth-User", false},
		"another version": {"/v1.1", "X-Auth-User", false},
	} {
		r := httptest.NewRequest("GET", test.path, nil)
		r.Header.Set(test.header, "")
		if got := auth.IsLogin(r); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// TestHammer: many log-ins at once meet an expired token and get one new one.
func TestHammer(t *testing.T) {
	s, clock := newService(auth.Config{Account: auth.Account{TokenLife: time.Hour}})
	old := logIn(s).Header.Get("X-Auth-Token")
	clock.Advance(time.Hour)
	const clients = 50
	tokens := make(chan string, clients)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			token := logIn(s).Header.Get("X-Auth-Token")
			if !s.Valid(token) {
				t.Error("a new token does not work")
			}
			tokens <- token
		})
	}
	wg.Wait()
	close(tokens)
	first := <-tokens
	for token := range tokens {
		if token != first || token == old {
			t.Errorf("log-ins got %s and %s, before that %s", first, token, old)
		}
	}
}

func TestDefaults(t *testing.T) {
	v := clock.NewVirtual(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	a, b := auth.New(auth.Config{Clock: v}), auth.New(auth.Config{Clock: v, RandomSeed: 1})
	if a.Username() != "demo" || a.Number() != 700123 || len(a.APIKey()) != 32 || a.APIKey() == b.APIKey() {
		t.Errorf("the accounts are %s %d %q and %q", a.Username(), a.Number(), a.APIKey(), b.APIKey())
	}
	r := ask(a, "GET", "X-Auth-User", "demo", "X-Auth-Key", a.APIKey())
	if r.Header.Get("Cache-Control") != "s-maxage=86400" {
		t.Errorf("the token's life is %s", r.Header.Get("Cache-Control"))
	}
	if a.Token() != r.Header.Get("X-Auth-Token") {
		t.Errorf("the present token is %q", a.Token())
	}
}
