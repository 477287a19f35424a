package lunanode

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A server that repeats everything it was sent, in every place it can, gives
// nothing away: not the key, the partial key, the signature, the signed text or a
// password.
func TestNoSecretLeaves(t *testing.T) {
	const password = "sentinel-password"
	echo := func(code int, form func(sent url.Values) string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			text := form(r.PostForm)
			w.Header().Set("X-Request-Id", r.PostForm.Get("signature"))
			w.WriteHeader(code)
			_, _ = io.WriteString(w, text)
		}
	}
	everything := func(sent url.Values) string {
		return sent.Get("req") + " " + sent.Get("signature") + " " + sent.Encode() + " " + testKey
	}
	for name, answer := range map[string]http.HandlerFunc{
		"refusal":          echo(200, func(sent url.Values) string { return refusal(everything(sent)) }),
		"password alone":   echo(200, func(url.Values) string { return refusal("the word " + password + " is weak") }),
		"authentication":   echo(200, func(sent url.Values) string { return refusal("authentication failure " + everything(sent)) }),
		"not JSON":         echo(200, func(sent url.Values) string { return everything(sent) }),
		"the key alone":    echo(200, func(url.Values) string { return testKey }),
		"no success":       echo(200, func(sent url.Values) string { return sent.Get("req") }),
		"server error":     echo(500, everything),
		"redirect":         redirectWith(everything),
		"connection broke": drop,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, answer)
			var traced string
			c, v := testClient(t, f, func(c *Config) {
				c.Retry.MaxAttempts = 1
				c.Trace = func(_ context.Context, e apiclient.Event) { traced = fmt.Sprintf("%+v %#v %v", e, e, e.Err) }
			})
			var err error
			onClock(v, func() {
				_, err = c.Call(bg, "email", "user-set-password", map[string]string{"password": password, "user_id": "1", "domain_id": "2"})
			})
			if err == nil {
				t.Fatal("no error")
			}
			texts := []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err), traced}
			for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
				texts = append(texts, cause.Error(), fmt.Sprintf("%#v", cause))
			}
			e := f.exchanges()[0]
			for what, secret := range map[string]string{"key": testKey, "beginning of the key": testKey[:16], "end of the key": testKey[64:], "partial key": testKey[:64],
				"signature": e.signature, "signed text": e.req, "password": password} {
				for _, text := range texts {
					if strings.Contains(text, secret) || strings.Contains(text, url.QueryEscape(secret)) {
						t.Errorf("the %s is in %s", what, text)
					}
				}
			}
		})
	}
}

// What a client knows is hidden by whoever shares its redactor, before anything fails.
func TestASharedRedactorLearnsTheKey(t *testing.T) {
	var shared apiclient.Redactor
	f := newFake(t, body(`{"success":"yes"}`))
	c, v := testClient(t, f, func(c *Config) { c.Redactor = &shared })
	onClock(v, func() {
		if _, err := c.Call(bg, "vm", "list", nil); err != nil {
			t.Error(err)
		}
	})
	for what, secret := range map[string]string{"key": testKey, "partial key": testKey[:64], "end of the key": testKey[64:]} {
		if got := shared.Text("the other cloud says " + secret); got != "the other cloud says [redacted]" {
			t.Errorf("the %s is not learnt: %s", what, got)
		}
	}
}

// A DKIM key is no password, and a server may repeat it in any form.
func TestAPrivateKeyDoesNotLeave(t *testing.T) {
	const pem = "-----BEGIN PRIVATE KEY-----\nc2VudGluZWw=\n-----END PRIVATE KEY-----\n"
	for name, words := range map[string]func(sent url.Values) string{
		"whole":            func(url.Values) string { return pem },
		"as a JSON text":   func(sent url.Values) string { return sent.Get("req") },
		"as a form":        func(sent url.Values) string { return sent.Encode() },
		"without its last": func(url.Values) string { return pem[:40] },
	} {
		f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, refusal(words(r.PostForm)))
		})
		c, v := testClient(t, f)
		var err error
		onClock(v, func() {
			_, err = c.Call(bg, "email", "domain-dkim-set", map[string]string{"domain_id": "1", "selector": "march", "private_key": pem})
		})
		if text := fmt.Sprintf("%+v %v", err, errors.Unwrap(err)); err == nil || strings.Contains(text, "c2VudGl") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func redirectWith(everything func(url.Values) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://elsewhere.test/?"+url.QueryEscape(everything(r.PostForm)))
		w.WriteHeader(http.StatusFound)
	}
}

func TestCredentialsRenderNoKey(t *testing.T) {
	own := testCredentials()
	for _, text := range []string{fmt.Sprint(own), fmt.Sprintf("%+v", own), fmt.Sprintf("%#v", own), fmt.Sprintf("%q", own.APIKey), own.partialKey().String()} {
		if strings.Contains(text, testKey[:16]) {
			t.Errorf("a key is in %s", text)
		}
	}
}
