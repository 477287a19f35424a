package apiclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

var start = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// inVirtualTime runs f as the only working goroutine of a new clock, and returns how far
// the clock moved.
func inVirtualTime(t *testing.T, f func(v *clock.Virtual)) time.Duration {
	t.Helper()
	v := clock.NewVirtual(start)
	done := make(chan struct{})
	v.Go(func() { defer close(done); f(v) })
	<-done
	return v.Now().Sub(start)
}

// A script is the failures that a fake server gives in turn; nil is a success, and after
// the last one everything succeeds.
type script struct {
	mu       sync.Mutex
	failures []*Error
	calls    int
}

func (s *script) Do(_ context.Context, req *Request) (*Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.calls > len(s.failures) || s.failures[s.calls-1] == nil {
		return &Response{Status: 200, Header: http.Header{}, Attempts: 1}, nil
	}
	e := *s.failures[s.calls-1]
	e.Op = req.Op
	return nil, &e
}

var (
	refused   = &Error{Kind: KindUnreachable, Message: "no connection"}
	broken    = &Error{Kind: KindUnreachable, Message: "the connection broke", MayHaveActed: true}
	silent    = &Error{Kind: KindTimeout, Message: "no answer within 30s", MayHaveActed: true}
	internal  = &Error{Kind: KindServerError, Status: 500, Message: "oops"}
	gateway   = &Error{Kind: KindUnavailable, Status: 502, Message: "bad gateway"}
	away      = &Error{Kind: KindUnavailable, Status: 503, Message: "Unavailable"}
	slow      = &Error{Kind: KindOverLimit, Status: 413, Message: "Too many requests...", RetryAfter: 30 * time.Second}
	full      = &Error{Kind: KindOverLimit, Status: 413, Message: "too much RAM"}
	storm     = &Error{Kind: KindOverLimit, Status: 429, Message: "slow down"}
	daily     = &Error{Kind: KindOverLimit, Status: 413, Message: "Too many requests...", RetryAfter: 10 * time.Hour}
	missing   = &Error{Kind: KindNotFound, Status: 404, Message: "Not Found"}
	malformed = &Error{Kind: KindBadRequest, Status: 400, Message: "Bad Request"}

	aRead   = Request{Op: "servers.list", Effect: EffectRead, Method: "GET"}
	aCreate = Request{Op: "servers.create", Effect: EffectCreate, Method: "POST", LookAt: `look whether servers.list() shows "web1"`}
	anEdit  = Request{Op: "servers.update", Effect: EffectUpdate, Method: "PUT", Idempotent: true}
	aDelete = Request{Op: "servers.delete", Effect: EffectDestroy, Method: "DELETE", Idempotent: true, GoneIsDone: true}
)

func TestWhatIsRepeated(t *testing.T) {
	const inDoubt = `; it may have been carried out: before trying again, look whether servers.list() shows "web1"`
	for _, test := range []struct {
		name     string
		req      Request
		failures []*Error
		calls    int
		waited   time.Duration // with a jitter of one half
		want     string        // the error, or "" for success
	}{
		{"a read after a broken connection", aRead, []*Error{broken}, 2, 125 * time.Millisecond, ""},
		{"a read after 500, 502 and 503", aRead, []*Error{internal, gateway, away}, 4, 875 * time.Millisecond, ""},
		{"a read that fails for good", aRead, []*Error{silent, silent, silent, silent}, 4, 875 * time.Millisecond,
			"servers.list: timeout: no answer within 30s (4 attempts)"},
		{"a read that is wrong", aRead, []*Error{malformed}, 1, 0, "servers.list: bad_request: Bad Request (HTTP 400)"},
		{"an idempotent update after a broken connection", anEdit, []*Error{broken}, 2, 125 * time.Millisecond, ""},
		{"an idempotent update that stays lost", anEdit, []*Error{broken, broken, broken, broken}, 4, 875 * time.Millisecond,
			"servers.update: unreachable: the connection broke (4 attempts); it may have been carried out; doing it again does no harm"},
		{"an idempotent update after 503", anEdit, []*Error{away, away}, 3, 375 * time.Millisecond, ""},
		{"a create that was never sent", aCreate, []*Error{refused, refused}, 3, 375 * time.Millisecond, ""},
		{"a create that can never be sent", aCreate, []*Error{refused, refused, refused, refused}, 4, 875 * time.Millisecond,
			"servers.create: unreachable: no connection (4 attempts)"},
		{"a create whose answer was lost", aCreate, []*Error{broken}, 1, 0, "servers.create: outcome_unknown: the connection broke" + inDoubt},
		{"a create that met silence", aCreate, []*Error{silent}, 1, 0, "servers.create: outcome_unknown: no answer within 30s" + inDoubt},
		{"a create behind a bad gateway", aCreate, []*Error{gateway}, 1, 0, "servers.create: outcome_unknown: bad gateway (HTTP 502)" + inDoubt},
		{"a create that failed inside", aCreate, []*Error{internal}, 1, 0, "servers.create: server_error: oops (HTTP 500)" + inDoubt},
		{"a create while the service is away", aCreate, []*Error{away}, 1, 0, "servers.create: unavailable: Unavailable (HTTP 503)"},
		{"a create never sent, then lost", aCreate, []*Error{refused, broken}, 2, 125 * time.Millisecond,
			"servers.create: outcome_unknown: the connection broke (2 attempts)" + inDoubt},
		{"a create that was refused for the rate", aCreate, []*Error{slow, slow}, 3, 60*time.Second + 250*time.Millisecond, ""},
		{"a storm of refusals", aCreate, slice(slow, 50), 51, 50*30*time.Second + 50*125*time.Millisecond, ""},
		{"429 without a time", aRead, slice(storm, 3), 4, 875 * time.Millisecond, ""},
		{"a rate refusal that came as 403", anEdit, []*Error{{Kind: KindOverLimit, Status: 403}}, 2, 125 * time.Millisecond, ""},
		{"an absolute limit", aCreate, []*Error{full}, 1, 0, "servers.create: over_limit: too much RAM (HTTP 413)"},
		{"a wait longer than a call waits", aCreate, []*Error{daily}, 1, 0, "servers.create: over_limit: Too many requests... " +
			"(HTTP 413, retry after 10h0m0s); the server asks to wait 10h0m0s; without a time limit a call waits 15m0s at most"},
		{"a delete whose answer was lost", aDelete, []*Error{broken, missing}, 2, 125 * time.Millisecond, ""},
		{"a delete of nothing", aDelete, []*Error{missing}, 1, 0, "servers.delete: not_found: Not Found (HTTP 404)"},
		{"a delete of nothing, found late", aDelete, []*Error{away, missing}, 2, 125 * time.Millisecond,
			"servers.delete: not_found: Not Found (HTTP 404, 2 attempts)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := &script{failures: test.failures}
			var err error
			waited := inVirtualTime(t, func(v *clock.Virtual) {
				h := Retried(server, RetryPolicy{Jitter: func() float64 { return 0.5 }}, v, &Redactor{})
				_, err = h.Do(context.Background(), &test.req)
			})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if server.calls != test.calls || waited != test.waited {
				t.Errorf("%d calls in %v, want %d in %v", server.calls, waited, test.calls, test.waited)
			}
		})
	}
}

func slice(e *Error, n int) []*Error {
	var all []*Error
	for range n {
		all = append(all, e)
	}
	return all
}

func TestMayHaveActedOutlivesLaterAttempts(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		h := Retried(&script{failures: []*Error{broken, refused, refused, refused}}, RetryPolicy{}, v, &Redactor{})
		_, err := h.Do(context.Background(), &anEdit)
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindUnreachable || !e.MayHaveActed {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnInnerCallsFailureIsNotTriedAgainOutside(t *testing.T) {
	server := &script{failures: slice(refused, 100)}
	inVirtualTime(t, func(v *clock.Virtual) {
		inner := Retried(server, RetryPolicy{}, v, &Redactor{})
		_, err := Retried(inner, RetryPolicy{}, v, &Redactor{}).Do(context.Background(), &aRead)
		if err == nil || server.calls != 4 {
			t.Errorf("%d calls, want 4: %v", server.calls, err)
		}
	})
}

func TestTheContextEndsTheWait(t *testing.T) {
	waited := inVirtualTime(t, func(v *clock.Virtual) {
		ctx, cancel := v.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		h := Retried(&script{failures: []*Error{slow}}, RetryPolicy{}, v, &Redactor{})
		_, err := h.Do(ctx, &aRead)
		const want = "servers.list: timeout: the time allowed ran out while waiting to try again, after: " +
			"over_limit: Too many requests... (HTTP 413, retry after 30s)"
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
	if waited != 10*time.Second {
		t.Errorf("waited %v", waited)
	}
}

// Ctrl-C while a create is under way: what the person reads says what state the cloud may be in.
func TestACreateThatIsCancelledSaysThatItMayExist(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		server := &script{failures: []*Error{{Kind: KindCancelled, Message: "cancelled while waiting for the answer", MayHaveActed: true}}}
		_, err := Retried(server, RetryPolicy{}, v, &Redactor{}).Do(ctx, &aCreate)
		const want = `servers.create: cancelled: cancelled while waiting for the answer; ` +
			`it may have been carried out: before trying again, look whether servers.list() shows "web1"`
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
}

func TestACallWhoseContextHasEndedIsNotRepeated(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		server := &script{failures: []*Error{refused}}
		_, err := Retried(server, RetryPolicy{}, v, &Redactor{}).Do(ctx, &aRead)
		if err == nil || server.calls != 1 {
			t.Errorf("%d calls, %v", server.calls, err)
		}
	})
}

// When everything fails, the quota stops the retries of all calls together; when calls
// succeed again, it fills.
func TestTheQuotaStopsRetriesOfADyingService(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		quota := &Quota{Capacity: 50}
		dying := &script{failures: slice(away, 1000)}
		h := Retried(dying, RetryPolicy{Quota: quota}, v, &Redactor{})
		for range 100 {
			_, _ = h.Do(context.Background(), &aRead)
		}
		if dying.calls != 110 { // 100 first attempts and 50/5 retries
			t.Errorf("%d attempts for 100 calls, want 110", dying.calls)
		}
		healthy := Retried(&script{}, RetryPolicy{Quota: quota}, v, &Redactor{})
		for range 5 {
			_, _ = healthy.Do(context.Background(), &aRead)
		}
		again := &script{failures: slice(away, 1000)}
		_, _ = Retried(again, RetryPolicy{Quota: quota}, v, &Redactor{}).Do(context.Background(), &aRead)
		if again.calls != 2 {
			t.Errorf("%d attempts after 5 successes, want 2", again.calls)
		}
	})
}

func TestARetryThatSucceedsGivesItsCostBack(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		quota := &Quota{Capacity: 5}
		for i := range 20 {
			server := &script{failures: []*Error{away}}
			if _, err := Retried(server, RetryPolicy{Quota: quota}, v, &Redactor{}).Do(context.Background(), &aRead); err != nil {
				t.Fatalf("call %d: %v", i, err)
			}
		}
	})
}

// A caller that set a time waits as long as that allows, for a daily limit too.
func TestALongWaitIsMadeIfThereIsTime(t *testing.T) {
	refusal := &Error{Kind: KindOverLimit, Status: 413, Message: "Too many requests...", RetryAfter: 10 * time.Hour}
	for _, test := range []struct {
		allowed time.Duration
		waited  time.Duration
		hint    string
	}{
		{11 * time.Hour, 10*time.Hour + 125*time.Millisecond, ""},
		{9 * time.Hour, 0, "the server asks to wait 10h0m0s, and 9h0m0s are left"},
	} {
		waited := inVirtualTime(t, func(v *clock.Virtual) {
			ctx, cancel := v.WithTimeout(context.Background(), test.allowed)
			defer cancel()
			later, cancelLater := v.WithTimeout(ctx, 100*time.Hour) // the earlier end counts
			defer cancelLater()
			server := &script{failures: []*Error{refusal}}
			_, err := Retried(server, RetryPolicy{Jitter: func() float64 { return 0.5 }}, v, &Redactor{}).Do(later, &aCreate)
			hint := ""
			var e *Error
			if errors.As(err, &e) {
				hint = e.Hint
			}
			if hint != test.hint || (err == nil) != (test.hint == "") {
				t.Errorf("with %v: %v", test.allowed, err)
			}
		})
		if waited != test.waited {
			t.Errorf("with %v: waited %v, want %v", test.allowed, waited, test.waited)
		}
	}
}

func TestBackoffDoublesUpToItsBound(t *testing.T) {
	var got []string
	p := RetryPolicy{BaseDelay: time.Second, MaxDelay: 10 * time.Second, Jitter: func() float64 { return 1 }}
	for attempt := range 70 {
		got = append(got, p.withDefaults().backoff(attempt+1).String())
	}
	want := "1s 2s 4s 8s 10s" + strings.Repeat(" 10s", 65)
	if strings.Join(got, " ") != want {
		t.Errorf("got %s", got)
	}
}

func TestCertificatesThatDoNotConvinceAreNotTriedAgain(t *testing.T) {
	server := serveTLS(t)
	tr := newTransport(t, TransportOptions{})
	inVirtualTime(t, func(v *clock.Virtual) {
		_, err := Retried(tr, RetryPolicy{}, v, &Redactor{}).Do(context.Background(), get(server))
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindUnreachable || e.Attempts != 1 {
			t.Errorf("got %v", err)
		}
		if !strings.Contains(fmt.Sprint(err), "certificate") {
			t.Errorf("the error does not say why: %v", err)
		}
	})
}
