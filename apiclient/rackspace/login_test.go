package rackspace

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

func TestALogInSendsTheCredentialsAndNothingElse(t *testing.T) {
	f := newFake(t)
	f.login = func(w http.ResponseWriter, r *http.Request, n int) {
		if r.Method != "GET" || r.ContentLength != 0 || r.Header.Get("X-Auth-User") != "mira" || r.Header.Get("X-Auth-Key") != "5f0c2b7e9d134a68" {
			t.Errorf("got %s %v", r.Method, r.Header)
		}
		if r.Header.Get("X-Auth-Token") != "" || r.Header.Get("Content-Type") != "" {
			t.Errorf("got %v", r.Header)
		}
		f.letIn(w, n)
	}
	session, err := f.client(t, f.config()).Auth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s %s %v %s", session.Username, session.Token.Reveal(), session.Token, f.steady(session.ManagementURL))
	if want := "mira token-000001 [redacted] http://fake/v1.0/7"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLogInsThatSucceed(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		header http.Header
		life   time.Duration
		url    string
	}{
		{"Rackspace", 204, http.Header{"X-Auth-Token": {"t-123456"}, "X-Server-Management-Url": {"https://s.test/v1.0/7"},
			"X-Storage-Url": {"https://f.test/v1/7"}, "Cache-Control": {"s-maxage=15641"}}, 15641 * time.Second, "https://s.test/v1.0/7"},
		{"with a trailing slash", 204, http.Header{"X-Auth-Token": {"t-123456"}, "X-Server-Management-Url": {"https://s.test/v1.0/7/"}},
			24 * time.Hour, "https://s.test/v1.0/7"},
		{"200, and another directive", 200, http.Header{"X-Auth-Token": {"t-123456"}, "X-Server-Management-Url": {"https://s.test"},
			"Cache-Control": {`private, S-MaxAge="60"`}}, time.Minute, "https://s.test"},
		{"Swift", 200, http.Header{"X-Auth-Token": {"AUTH_tk1"}, "X-Storage-Url": {"https://f.test/v1/AUTH_test"},
			"X-Auth-Token-Expires": {"5"}}, 5 * time.Second, ""},
		{"a life that is no number", 203, http.Header{"X-Auth-Token": {"t-123456"}, "X-Server-Management-Url": {"https://s.test"},
			"Cache-Control": {"s-maxage=soon"}, "X-Auth-Token-Expires": {"-5"}}, 24 * time.Hour, "https://s.test"},
		{"empty URLs", 204, http.Header{"X-Auth-Token": {"t-123456"}, "X-Server-Management-Url": {"http://s.test/v1.0"}, "X-Storage-Url": {""}},
			24 * time.Hour, "http://s.test/v1.0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t)
			f.login = func(w http.ResponseWriter, r *http.Request, n int) {
				for name, values := range test.header {
					w.Header()[name] = values
				}
				w.WriteHeader(test.status)
			}
			session, err := f.client(t, f.config()).Auth(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if life := session.Expires.Sub(session.Issued); life != test.life || session.ManagementURL != test.url {
				t.Errorf("got a life of %v at %q, want %v at %q", life, session.ManagementURL, test.life, test.url)
			}
		})
	}
}

// Every way in which a log-in fails, with the whole text that a person reads.
func TestLogInsThatFail(t *testing.T) {
	answer := func(status int, contentType, body string, headers ...string) func(http.ResponseWriter, *http.Request, int) {
		return func(w http.ResponseWriter, r *http.Request, n int) {
			w.Header().Set("Content-Type", contentType)
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	var out strings.Builder
	for _, test := range []struct {
		name  string
		login func(http.ResponseWriter, *http.Request, int)
	}{
		{"a wrong key", answer(401, "text/plain", "Bad username or password")},
		{"a wrong key, as a JSON fault", answer(401, "application/json", `{"unauthorized":{"code":401,"message":"Username or api key is invalid"}}`)},
		{"a wrong key, as an XML fault", answer(401, "application/xml", `<unauthorized code="401"><message>No such user</message></unauthorized>`)},
		{"a wrong key, as HTML that echoes it", answer(401, "text/html", `<html><h1>Unauthorized 5f0c2b7e9d134a68</h1></html>`)},
		{"a wrong key, echoed in plain text", answer(401, "text/plain", `key 5f0c2b7e9d134a68 is wrong`)},
		{"a wrong key without a word", answer(401, "", "")},
		{"a disabled user", answer(403, "text/plain", "Bad username or password")},
		{"HTML instead of an answer", answer(200, "text/html; charset=utf-8", "<html>Welcome!</html>")},
		{"a version document", answer(200, "application/json", `{"version":{"id":"v1.0"}}`)},
		{"an empty 204", answer(204, "", "")},
		{"a token without a URL", answer(204, "", "", "X-Auth-Token", "t-123456")},
		{"a URL that is none", answer(204, "", "", "X-Auth-Token", "t-123456", "X-Server-Management-Url", "servers/v1.0")},
		{"a redirect to another host", answer(302, "", "", "Location", "https://elsewhere.test/login?user=mira")},
		{"a wrong path", answer(404, "text/plain", "404 page not found")},
		{"the service is down", answer(503, "text/html", "<html>Down for maintenance</html>")},
		{"a failure inside", answer(500, "", "")},
		{"a gigabyte", answer(200, "text/plain", "", "Content-Length", "1073741824")},
		{"a broken connection", func(w http.ResponseWriter, r *http.Request, n int) { panic(http.ErrAbortHandler) }},
	} {
		f := newFake(t)
		f.login = test.login
		_, err := f.client(t, f.config()).Auth(t.Context())
		if err == nil {
			t.Errorf("%s: no error", test.name)
			continue
		}
		e := asError(t, err)
		if strings.Contains(fmt.Sprintf("%v %+v", err, *e), "5f0c2b7e9d134a68") {
			t.Errorf("%s: the key is in the error: %+v", test.name, *e)
		}
		fmt.Fprintf(&out, "%s\n  %s\n", test.name, f.steady(err.Error()))
	}
	golden(t, "login-errors.golden", out.String())
}

func TestSilenceAtTheAuthenticationURL(t *testing.T) {
	f := newFake(t)
	released := make(chan struct{})
	f.login = func(http.ResponseWriter, *http.Request, int) { <-released }
	t.Cleanup(func() { close(released) })
	config := f.config()
	config.Transport.HeaderTimeout = 10 * time.Millisecond
	_, err := f.client(t, config).Auth(t.Context())
	const want = `auth: timeout: no answer within 10ms (GET http://fake/auth); ` +
		`check the network, and the authentication URL (profile default in credentials.toml)`
	if err == nil || f.steady(err.Error()) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestCredentialsThatCannotBeSent(t *testing.T) {
	good := Credentials{Username: "mira", APIKey: "5f0c2b7e9d134a68", Origin: "profile default in credentials.toml"}
	for _, test := range []struct {
		change func(c *Credentials)
		want   string
	}{
		{func(c *Credentials) { c.Username = "" }, `auth: credentials: the user name is missing (profile default in credentials.toml)`},
		{func(c *Credentials) { c.APIKey, c.Origin = "", "" }, `auth: credentials: the API key is missing`},
		{func(c *Credentials) { c.Username = "mi\nra" }, `auth: credentials: the user name holds a line break or another control character (profile default in credentials.toml)`},
		{func(c *Credentials) { c.APIKey += "\n" }, `auth: credentials: the API key holds a line break or another control character (profile default in credentials.toml)`},
		{func(c *Credentials) { c.AuthURL = "eu" }, `auth: credentials: the authentication URL "eu" is neither a region ("us" or "uk") nor an http:// or https:// address (profile default in credentials.toml)`},
		{func(c *Credentials) { c.AuthURL = "mira:pw@host/v1.0" }, `auth: credentials: the authentication URL "…@host/v1.0" is neither a region ("us" or "uk") nor an http:// or https:// address (profile default in credentials.toml)`},
	} {
		c := good
		test.change(&c)
		client := New(Config{Credentials: StaticCredentials(c)})
		_, err := client.Auth(t.Context())
		client.Close()
		if err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
		if e := asError(t, err); e.Kind != apiclient.KindCredentials {
			t.Errorf("kind %s", e.Kind)
		}
	}
}

type failingSource struct{}

func (failingSource) Credentials(context.Context) (Credentials, error) {
	return Credentials{}, fmt.Errorf("no file credentials.toml")
}

func TestASourceThatFailsIsSaidSo(t *testing.T) {
	client := New(Config{Credentials: failingSource{}})
	defer client.Close()
	_, err := client.Servers.List(t.Context(), ListOptions{})
	if err == nil || err.Error() != "auth: credentials: no file credentials.toml" {
		t.Errorf("got %v", err)
	}
}

func TestAClientWithoutCredentialsSaysSo(t *testing.T) {
	client := New(Config{})
	defer client.Close()
	if _, err := client.Auth(t.Context()); err == nil || err.Error() != "auth: credentials: the client was made without credentials" {
		t.Errorf("got %v", err)
	}
}

func TestRegionsAreNames(t *testing.T) {
	for region, want := range map[string]string{
		"": authURLUS, "us": authURLUS, "US": authURLUS, "uk": authURLUK,
		"http://127.0.0.1:8080/any/path": "http://127.0.0.1:8080/any/path",
	} {
		if got, err := AuthURL(region); got != want || err != nil {
			t.Errorf("%q: got %s, %v", region, got, err)
		}
	}
	if got := refusedHint(Credentials{AuthURL: authURLUK}); !strings.HasSuffix(got, `logs in with region "us"`) {
		t.Errorf("got %s", got)
	}
}

func TestAnAccountWithoutCloudServersLogsInAndSaysSo(t *testing.T) {
	f := newFake(t)
	f.login = func(w http.ResponseWriter, r *http.Request, n int) {
		w.Header().Set("X-Auth-Token", token(n))
		w.Header().Set("X-Storage-Url", "https://f.test/v1/7")
	}
	c := f.client(t, f.config())
	if _, err := c.Auth(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := c.Servers.List(t.Context(), ListOptions{})
	const want = `servers.list: forbidden: the account of user "mira" has no Cloud Servers: the log-in gave no X-Server-Management-Url` +
		`; check that http://fake/auth is the authentication service of the account with the servers`
	if err == nil || f.steady(err.Error()) != want {
		t.Errorf("got  %v\nwant %s", f.steady(fmt.Sprint(err)), want)
	}
}
