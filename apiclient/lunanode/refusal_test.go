package lunanode

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name, category, action string
		answer                 http.HandlerFunc
		want                   string
	}{
		{"missing parameter", "vm", "create", body(refusal("required parameter hostname not set")),
			"vm.create: bad_request: required parameter hostname not set (HTTP 200, POST http://HOST/api/vm/create/)"},
		{"unknown machine", "vm", "info", body(refusal("invalid vm")),
			"vm.info: not_found: invalid vm (HTTP 200, POST http://HOST/api/vm/info/)"},
		{"unknown region", "image", "fetch", body(refusal("invalid region")),
			"image.fetch: bad_request: invalid region (HTTP 200, POST http://HOST/api/image/fetch/)"},
		{"unknown plan", "vm", "create", body(refusal("invalid plan selection")),
			"vm.create: bad_request: invalid plan selection (HTTP 200, POST http://HOST/api/vm/create/)"},
		{"wrong state", "vm", "diskswap", body(refusal("the VM must be stopped before disk swap can proceed")),
			"vm.diskswap: conflict: the VM must be stopped before disk swap can proceed (HTTP 200, POST http://HOST/api/vm/diskswap/)"},
		{"entities undone", "dns", "set", body(refusal("name &quot;a&quot; doesn&#39;t resolve &amp; fails")),
			`dns.set: bad_request: name "a" doesn't resolve & fails (HTTP 200, POST http://HOST/api/dns/set/)`},
		{"another status", "vm", "stop", status(400, refusal("required parameter vm_id not set")),
			"vm.stop: bad_request: required parameter vm_id not set (HTTP 400, POST http://HOST/api/vm/stop/)"},
		{"no reason", "vm", "stop", body(`{"success":"no"}`),
			"vm.stop: bad_request: the service refused the call and gave no reason (HTTP 200, POST http://HOST/api/vm/stop/)"},
		{"a reason that is no text", "vm", "stop", body(`{"success":"no","error":{"x":"y"}}`),
			`vm.stop: bad_request: {"x":"y"} (HTTP 200, POST http://HOST/api/vm/stop/)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake(t, tt.answer)
			c, _ := testClient(t, f)
			_, err := c.Call(bg, tt.category, tt.action, nil)
			if err == nil || f.withoutPort(err.Error()) != tt.want {
				t.Fatalf("got  %v\nwant %s", err, tt.want)
			}
			var r *Refusal
			if !errors.As(err, &r) || r.Category != tt.category || r.Action != tt.action {
				t.Errorf("refusal %+v", r)
			}
			var e *apiclient.Error
			if !errors.As(err, &e) || e.MayHaveActed {
				t.Error("a refused call was not carried out, but MayHaveActed says so")
			}
			if n := len(f.exchanges()); n != 1 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"no success", body(`{"vms":[]}`), `vm.list: bad_answer: the answer has no member "success" that is "yes" or "no" (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API`},
		{"HTML", body("<!DOCTYPE html><p>Maintenance"), "vm.list: bad_answer: the answer is HTML or XML where JSON was expected (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API"},
		{"empty", body(""), "vm.list: bad_answer: the answer is empty (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API"},
		{"a list", body(`["yes"]`), `vm.list: bad_answer: the answer is not a JSON object; it begins with "[\"yes\"]" (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API`},
		{"cut off", body(`{"success":"yes","vms":[{"vm_id`), "vm.list: bad_answer: the answer is cut off after 31 bytes (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API"},
		{"garbage", body(`{success:yes}`), "vm.list: bad_answer: the answer is not valid JSON: invalid character 's' looking for beginning of object key string (HTTP 200, POST http://HOST/api/vm/list/); check that the URL is that of the API"},
		{"404", status(404, "nothing here"), "vm.list: not_found: the server answered 404 Not Found and no answer of the API (HTTP 404, POST http://HOST/api/vm/list/)"},
		{"500", status(500, "PHP Fatal error"), "vm.list: server_error: the server answered 500 Internal Server Error and no answer of the API (HTTP 500, POST http://HOST/api/vm/list/)"},
		{"success with a status of failure", status(403, `{"success":"yes"}`), "vm.list: forbidden: the server answered 403 Forbidden and no answer of the API (HTTP 403, POST http://HOST/api/vm/list/)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake(t, tt.answer)
			c, _ := testClient(t, f, func(c *Config) { c.Retry.MaxAttempts = 1 })
			_, err := c.Call(bg, "vm", "list", nil)
			if err == nil || f.withoutPort(err.Error()) != tt.want {
				t.Fatalf("got  %v\nwant %s", err, tt.want)
			}
			var r *Refusal
			if errors.As(err, &r) {
				t.Error("it is reported as the service's own refusal")
			}
		})
	}
}

func TestRetryAfterOfAnOutage(t *testing.T) {
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(503)
	}, body(`{"success":"yes"}`))
	c, v := testClient(t, f)
	began := v.Now()
	onClock(v, func() {
		if _, err := c.Call(bg, "vm", "list", nil); err != nil {
			t.Error(err)
		}
	})
	if waited := v.Now().Sub(began); waited < 7*time.Second {
		t.Errorf("waited %v, want what the server asked for", waited)
	}
}

func TestAuthenticationFailureIsRepeatedOnce(t *testing.T) {
	f := newFake(t, body(refusal(authFailure)), body(`{"success":"yes"}`))
	c, _ := testClient(t, f)
	if _, err := c.Call(bg, "vm", "create", nil); err != nil {
		t.Fatal(err)
	}
	seen := f.exchanges()
	if len(seen) != 2 || seen[1].nonce <= seen[0].nonce {
		t.Errorf("exchanges %+v, want two with rising nonces", seen)
	}
}

func TestRefusedCredentials(t *testing.T) {
	date := func(off time.Duration) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
			body(refusal(authFailure))(w, r)
		}
	}
	const head = "vm.create: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/create/); the id and key are the same as before (from a test); "
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"clock ahead", date(-61 * time.Minute), head + "your clock is 61 minutes ahead of the server's: set it right, for the nonce is the time"},
		{"clock behind", date(5 * time.Hour), head + "your clock is 5 hours behind the server's: set it right, for the nonce is the time"},
		{"clock days behind", date(100 * 24 * time.Hour), head + "your clock is 100 days behind the server's: set it right, for the nonce is the time"},
		{"clock right", date(0), head + "your clock agrees with the server's, so it is the id, the key or the address that the key is restricted to"},
		{"no date", func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil
			body(refusal(authFailure))(w, r)
		}, head + "the nonce is this machine's clock: check that it is right"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake(t, tt.answer)
			c, _ := testClient(t, f)
			_, err := c.Call(bg, "vm", "create", nil)
			if !errors.Is(err, apiclient.KindUnauthorized) || f.withoutPort(err.Error()) != tt.want {
				t.Errorf("got  %v\nwant %s", f.withoutPort(err.Error()), tt.want)
			}
			if n := len(f.exchanges()); n != 2 {
				t.Errorf("%d requests, want two", n)
			}
		})
	}
}

// A source that gives what it holds at the moment, and counts.
type changingSource struct {
	answers []func() (Credentials, error)
	asked   int
}

func (s *changingSource) Credentials(context.Context) (Credentials, error) {
	answer := s.answers[min(s.asked, len(s.answers)-1)]
	s.asked++
	return answer()
}

func key(c byte) func() (Credentials, error) {
	return func() (Credentials, error) {
		own := testCredentials()
		own.APIKey = own.APIKey[:127] + apiclient.Secret(c)
		return own, nil
	}
}

func TestRegeneratedKeyTakesEffect(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	f.key = testKey[:127] + "n"
	source := &changingSource{answers: []func() (Credentials, error){key('o'), key('n')}}
	c, _ := testClient(t, f, func(c *Config) { c.Credentials = source })
	for range 3 {
		if _, err := c.Call(bg, "vm", "create", nil); err != nil {
			t.Fatal(err)
		}
	}
	if source.asked != 2 || len(f.exchanges()) != 4 {
		t.Errorf("asked %d times, %d requests; want 2 and 4", source.asked, len(f.exchanges()))
	}
}

func TestRegeneratedKeyRefusedToo(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	c, _ := testClient(t, f, func(c *Config) {
		c.Credentials = &changingSource{answers: []func() (Credentials, error){key('o'), key('x')}}
	})
	_, err := c.Call(bg, "vm", "list", nil)
	want := "vm.list: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/list/); the id and key were read anew and differ from those that were refused first, and were refused too (from a test); your clock agrees with the server's, so it is the id, the key or the address that the key is restricted to"
	if err == nil || f.withoutPort(err.Error()) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestCredentialsThatCannotBeRead(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	broken := func() (Credentials, error) { return Credentials{}, errors.New("no such file") }
	missing := func() (Credentials, error) {
		return Credentials{}, &apiclient.Error{Kind: "credentials", Message: "no file", Hint: "make one"}
	}
	short := func() (Credentials, error) {
		return Credentials{APIID: testID, APIKey: apiclient.Secret(testKey[:64])}, nil
	}
	for _, tt := range []struct {
		name    string
		answers []func() (Credentials, error)
		want    string
	}{
		{"a plain error", []func() (Credentials, error){broken}, "vm.list: credentials: the credentials cannot be read: no such file"},
		{"the source's own error", []func() (Credentials, error){missing}, "vm.list: credentials: no file; make one"},
		{"a partial key", []func() (Credentials, error){short}, "vm.list: credentials: the API key has 64 characters: that is only the partial key, the first half of the 128; the whole key is needed to sign; copy it again from the API page of the control panel"},
		{"only after a refusal", []func() (Credentials, error){key('o'), broken}, "vm.list: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/list/); your clock agrees with the server's, so it is the id, the key or the address that the key is restricted to; and the credentials cannot be read again: vm.list: credentials: the credentials cannot be read: no such file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := testClient(t, f, func(c *Config) { c.Credentials = &changingSource{answers: tt.answers} })
			_, err := c.Call(bg, "vm", "list", nil)
			if err == nil || f.withoutPort(err.Error()) != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}
