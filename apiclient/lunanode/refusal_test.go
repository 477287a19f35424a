package lunanode

import (
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

// A refusal with a status that says to come back is tried again, signed anew; a call that makes
// something after a refusal for the rate only.
func TestRefusalsToComeBackAfter(t *testing.T) {
	for _, tt := range []struct {
		status   int
		action   string
		requests int
	}{{429, "list", 2}, {429, "create", 2}, {503, "list", 2}, {503, "create", 1}, {400, "list", 1}} {
		f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(refusal("slow down")))
		}, body(`{"success":"yes"}`))
		c, v := testClient(t, f)
		began := v.Now()
		var err error
		onClock(v, func() { _, err = c.Call(bg, "vm", tt.action, nil) })
		seen := f.exchanges()
		if len(seen) != tt.requests || (err == nil) != (tt.requests == 2) {
			t.Errorf("%d on %s: %d requests, %v", tt.status, tt.action, len(seen), err)
			continue
		}
		if tt.requests == 2 && (v.Now().Sub(began) < 7*time.Second || seen[0].nonce == seen[1].nonce || !seen[1].good) {
			t.Errorf("%d on %s: waited %v, sent %+v", tt.status, tt.action, v.Now().Sub(began), seen)
		}
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
