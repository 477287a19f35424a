package lunanode

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

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
	const head = "vm.create: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/create/); "
	const tail = "; check the API id and key in a test, and the addresses that the key is restricted to (they were read again and have not changed)"
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"clock ahead", date(-61 * time.Minute), head + "your clock is 61 minutes ahead of the server's: set it right, for the nonce is the time" + tail},
		{"clock behind", date(5 * time.Hour), head + "your clock is 5 hours behind the server's: set it right, for the nonce is the time" + tail},
		{"clock days behind", date(100 * 24 * time.Hour), head + "your clock is 100 days behind the server's: set it right, for the nonce is the time" + tail},
		{"clock right", date(0), head + "your clock agrees with the server's" + tail},
		{"no date", func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil
			body(refusal(authFailure))(w, r)
		}, head + "check this machine's clock, which makes the nonce" + tail},
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
		own.APIKey = apiclient.Secret(c) + own.APIKey[1:]
		return own, nil
	}
}

func TestRegeneratedKeyTakesEffect(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	f.key = "n" + testKey[1:]
	source := &changingSource{answers: []func() (Credentials, error){key('o'), key('n')}}
	c, _ := testClient(t, f, func(c *Config) { c.Credentials = source })
	for range 3 {
		if _, err := c.Call(bg, "vm", "create", nil); err != nil {
			t.Fatal(err)
		}
	}
	if seen := f.exchanges(); seen[1].nonce <= seen[0].nonce {
		t.Errorf("nonce %s after %s was refused", seen[1].nonce, seen[0].nonce)
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
	want := "vm.list: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/list/); your clock agrees with the server's; check the API id and key in a test, and the addresses that the key is restricted to (they were read again and had changed, and were refused too)"
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
		{"only after a refusal", []func() (Credentials, error){key('o'), broken}, "vm.list: unauthorized: " + authFailure + " (HTTP 200, POST http://HOST/api/vm/list/); your clock agrees with the server's; and the credentials cannot be read again: vm.list: credentials: the credentials cannot be read: no such file"},
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
