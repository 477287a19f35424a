package lunanode

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

var bg = context.Background()

func TestCallSendsWhatItSigns(t *testing.T) {
	f := newFake(t, body(`{"success":"yes","vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"}`))
	c, v := testClient(t, f)
	answer, err := c.Call(bg, "vm", "rename", map[string]string{"hostname": "café +&=%|web", "plan_id": "1", "api_id": "someone else"})
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Get("vm_id").Text(); got != "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11" {
		t.Errorf("vm_id %q", got)
	}
	seen := f.exchanges()
	if len(seen) != 1 || !seen[0].good {
		t.Fatalf("exchanges %+v", seen)
	}
	e := seen[0]
	if e.path != "/api/vm/rename/" || e.params["hostname"] != "café +&=%|web" || len(e.params) != 4 {
		t.Errorf("path %s, parameters %v", e.path, e.params)
	}
	if want := strconv.FormatInt(v.Now().Unix(), 10); e.nonce != want {
		t.Errorf("nonce %s, want the clock's second %s", e.nonce, want)
	}
	for i := range len(e.req) {
		if e.req[i] < ' ' || e.req[i] > '~' {
			t.Errorf("req holds the byte 0x%02x", e.req[i])
		}
	}
}

func TestCallOfAnUnknownAction(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	c, _ := testClient(t, f)
	if _, err := c.Call(bg, "vm", "brand-new", nil); err != nil {
		t.Error(err)
	}
	if seen := f.exchanges(); seen[0].path != "/api/vm/brand-new/" || !seen[0].good {
		t.Errorf("exchange %+v", seen[0])
	}
}

func TestBaseURL(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	for _, tt := range []struct{ name, config, credentials string }{
		{"of the configuration", f.URL + "/api", ""},
		{"with a slash at its end", f.URL + "/api/", ""},
		{"of the credentials first", "http://127.0.0.1:1/api", f.URL + "/api/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := testClient(t, f, func(config *Config) {
				config.BaseURL = tt.config
				own := testCredentials()
				own.URL = tt.credentials
				config.Credentials = StaticCredentials(own)
			})
			if _, err := c.Call(bg, "vm", "list", nil); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCallChecksNamesBeforeSending(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	c, _ := testClient(t, f)
	for _, tt := range []struct{ category, action, want string }{
		{"", "list", "bad_request: the category is empty"},
		{"vm", "", "bad_request: the action is empty"},
		{"vm/list", "x", `bad_request: "vm/list" cannot be the name of an API category: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add`},
		{"vm", "List", `bad_request: "List" cannot be the name of an API action: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add`},
		{"vm", "../plan", `bad_request: "../plan" cannot be the name of an API action: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add`},
		{"-", "list", `bad_request: "-" cannot be the name of an API category: small letters, digits, - and _ are what a name is made of, such as vm or floatingip-add`},
	} {
		_, err := c.Call(bg, tt.category, tt.action, nil)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q, %q: got %v\nwant %s", tt.category, tt.action, err, tt.want)
		}
	}
	if _, err := c.Call(bg, "script", "create", map[string]string{"content": "caf\xe9"}); err == nil ||
		err.Error() != "script.create: bad_request: parameter content is not valid UTF-8: byte 4 is 0xe9; convert the text to UTF-8 or encode binary data, for example as base64" {
		t.Errorf("got %v", err)
	}
	if n := len(f.exchanges()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestReadsAreRepeatedAndSignedAnew(t *testing.T) {
	f := newFake(t, drop, status(503, "busy"), body(`{"success":"yes","vms":[]}`))
	c, v := testClient(t, f)
	onClock(v, func() {
		if _, err := c.Call(bg, "vm", "list", nil); err != nil {
			t.Error(err)
		}
	})
	seen := f.exchanges()
	if len(seen) != 3 {
		t.Fatalf("%d attempts", len(seen))
	}
	for i, e := range seen {
		if !e.good || i > 0 && e.nonce <= seen[i-1].nonce {
			t.Errorf("attempt %d: good %v, nonce %s after %s", i, e.good, e.nonce, seen[max(i, 1)-1].nonce)
		}
	}
}

func TestMutatingCallsAreNotRepeated(t *testing.T) {
	for _, tt := range []struct {
		name, category, action string
		answer                 http.HandlerFunc
		kind                   apiclient.Kind
		want                   string
	}{
		{"lost answer to a create", "vm", "create", drop, apiclient.KindOutcomeUnknown,
			"vm.create: outcome_unknown: the connection broke before the answer was complete: EOF (POST http://HOST/api/vm/create/); it may have been carried out: before trying again, see what vm/list shows"},
		{"lost answer to an update", "vm", "rename", drop, apiclient.KindOutcomeUnknown,
			"vm.rename: outcome_unknown: the connection broke before the answer was complete: EOF (POST http://HOST/api/vm/rename/); it may have been carried out: before trying again, see what vm/info shows"},
		{"lost answer to an unknown action", "vm", "brand-new", drop, apiclient.KindOutcomeUnknown,
			"vm.brand_new: outcome_unknown: the connection broke before the answer was complete: EOF (POST http://HOST/api/vm/brand-new/); it may have been carried out: before trying again, see what vm/list shows"},
		{"gateway", "dns2", "zone-add", status(502, "<html>"), apiclient.KindOutcomeUnknown,
			"dns2.zone_add: outcome_unknown: the server answered 502 Bad Gateway and no answer of the API (HTTP 502, POST http://HOST/api/dns2/zone-add/); it may have been carried out: before trying again, see what dns2/zone-list shows"},
		{"answer cut off", "floating", "add", body(`{"success":"yes","ip":"198.51`), apiclient.KindBadAnswer,
			"floating.add: bad_answer: the answer is cut off after 29 bytes (HTTP 200, POST http://HOST/api/floating/add/); the service took the call and it may have been carried out: see what floating/list shows"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFake(t, tt.answer)
			c, v := testClient(t, f)
			var err error
			onClock(v, func() { _, err = c.Call(bg, tt.category, tt.action, nil) })
			if !errors.Is(err, tt.kind) || f.withoutPort(err.Error()) != tt.want {
				t.Errorf("got  %v\nwant %s", f.withoutPort(err.Error()), tt.want)
			}
			var e *apiclient.Error
			if errors.As(err, &e) && !e.MayHaveActed {
				t.Error("MayHaveActed is false")
			}
			if n := len(f.exchanges()); n != 1 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// A connection that was never made carries no request, so even a create is tried
// again.
func TestUnreachable(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	c, v := testClient(t, f, func(c *Config) { c.Retry.MaxAttempts = 2 })
	f.Close()
	var err error
	onClock(v, func() { _, err = c.Call(bg, "vm", "create", nil) })
	var e *apiclient.Error
	if !errors.As(err, &e) || e.Kind != apiclient.KindUnreachable || e.Attempts != 2 || e.MayHaveActed {
		t.Errorf("error %+v", e)
	}
}

// A burst of calls shares connections; one that a poller left idle between two polls
// is not used again.
func TestIdleConnections(t *testing.T) {
	const pollInterval = 3 * time.Second // the shortest of the waits
	if idle := New(Config{}).config.HTTP.IdleTimeout; idle <= 0 || idle >= pollInterval {
		t.Errorf("a connection is kept %v without a call", idle)
	}
	connections := map[string]bool{}
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		body(`{"success":"yes"}`)(w, r)
	})
	c, _ := testClient(t, f)
	for range 5 {
		if _, err := c.Call(bg, "vm", "list", nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(connections) != 1 {
		t.Errorf("five calls in a row took %d connections", len(connections))
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := newFake(t, body(`{"success":"yes"}`))
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
	})
	c, _ := testClient(t, f)
	_, err := c.Call(bg, "vm", "list", nil)
	if !errors.Is(err, apiclient.KindRedirected) {
		t.Errorf("error %v", err)
	}
	if n := len(elsewhere.exchanges()); n != 0 {
		t.Error("the redirect was followed")
	}
}

func TestCancelledCall(t *testing.T) {
	ctx, cancel := context.WithCancel(bg)
	release := make(chan struct{})
	f := newFake(t, func(http.ResponseWriter, *http.Request) { cancel(); <-release })
	defer close(release)
	c, _ := testClient(t, f)
	if _, err := c.Call(ctx, "vm", "list", nil); !errors.Is(err, apiclient.KindCancelled) {
		t.Errorf("error %v", err)
	}
}

func TestImageBytesComeAsTheyAre(t *testing.T) {
	f := newFake(t, body("QFI\xfb\x00\x01"), body(refusal("invalid image")))
	c, _ := testClient(t, f)
	answer, err := c.Call(bg, "image", "retrieve", map[string]string{"image_id": "1"})
	if err != nil || string(answer.Raw()) != "QFI\xfb\x00\x01" {
		t.Errorf("%q, %v", answer.Raw(), err)
	}
	if _, err := c.Call(bg, "image", "retrieve", map[string]string{"image_id": "2"}); !errors.Is(err, apiclient.KindNotFound) {
		t.Errorf("error %v", err)
	}
}

func TestCallsHammered(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	c, v := testClient(t, f)
	var all sync.WaitGroup
	for i := range 16 {
		all.Add(1)
		v.Go(func() {
			defer all.Done()
			for range 10 {
				if _, err := c.Call(bg, "vm", "info", map[string]string{"vm_id": strconv.Itoa(i % 2)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	signatures := map[string]bool{}
	for _, e := range f.exchanges() {
		if signatures[e.signature] {
			t.Error("an identical signed message was sent twice")
		}
		signatures[e.signature] = true
	}
	if len(signatures) != 160 {
		t.Errorf("%d different messages", len(signatures))
	}
}

func TestCancelledWhileCredentialsAreRead(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	for cause, want := range map[error]string{
		context.Canceled:         "vm.list: cancelled: cancelled while the credentials were read",
		context.DeadlineExceeded: "vm.list: timeout: the time allowed ran out while the credentials were read",
	} {
		ctx, cancel := context.WithCancelCause(bg)
		c, _ := testClient(t, f, func(c *Config) {
			c.Credentials = &changingSource{answers: []func() (Credentials, error){func() (Credentials, error) {
				cancel(cause)
				return Credentials{}, context.Cause(ctx)
			}}}
		})
		if _, err := c.Call(ctx, "vm", "list", nil); err == nil || err.Error() != want || !errors.Is(err, cause) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// Callers that wait for another one's reading mind their own contexts.
func TestWaitingForCredentialsEndsWithTheContext(t *testing.T) {
	k := newKeyring(StaticCredentials(testCredentials()), &apiclient.Redactor{})
	k.reading <- struct{}{}
	ctx, cancel := context.WithCancel(bg)
	cancel()
	if _, err := k.get(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestTrace(t *testing.T) {
	f := newFake(t, body(`{"success":"yes"}`))
	var events []apiclient.Event
	c, _ := testClient(t, f, func(c *Config) {
		c.Trace = func(_ context.Context, e apiclient.Event) { events = append(events, e) }
	})
	if _, err := c.Call(bg, "vm", "floatingip-add", nil); err != nil {
		t.Fatal(err)
	}
	if len(events) != 1 || events[0].Op != "vm.floatingip_add" || events[0].Attempts != 1 || !strings.HasSuffix(events[0].URL, "/vm/floatingip-add/") {
		t.Errorf("events %+v", events)
	}
}
