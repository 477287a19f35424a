package apiclient

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cloudscript/cloudscript/internal/clock"
)

func serveTLS(t *testing.T) string {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestACallIsOneEventHoweverManyAttemptsItTook(t *testing.T) {
	served := 0
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		served++
		w.Header().Set("X-Trans-Id", "tx-1")
		if served < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_, _ = io.WriteString(w, "12345")
	})
	var events []Event
	redact := &Redactor{}
	redact.Learn("tok-123456")
	inVirtualTime(t, func(v *clock.Virtual) {
		var h Handler = newTransport(t, TransportOptions{})
		h = Answered(h, func(req *Request, resp *Response) *Error {
			if resp.Status == 503 {
				return redact.AnswerError(req, resp, KindUnavailable, "away")
			}
			return nil
		})
		h = Retried(h, RetryPolicy{BaseDelay: time.Second, Jitter: func() float64 { return 1 }}, v, redact)
		h = Traced(h, func(_ context.Context, e Event) { events = append(events, e) }, v, redact)
		req := &Request{Op: "servers.update", Effect: EffectUpdate, Idempotent: true, Method: "PUT",
			Path: "/servers?token=abc", URL: url + "/tok-123456/servers", Body: []byte("abc")}
		if _, err := h.Do(context.Background(), req); err != nil {
			t.Error(err)
		}
		served = 0
		req.Idempotent = false
		if _, err := h.Do(context.Background(), req); err == nil {
			t.Error("want an error")
		}
	})
	want := []Event{
		{Op: "servers.update", Method: "PUT", URL: url + "/[redacted]/servers", Status: 200, Start: start,
			Duration: 3 * time.Second, Attempts: 3, BytesSent: 9, BytesReceived: 15, RequestID: "tx-1"},
		{Op: "servers.update", Method: "PUT", URL: url + "/[redacted]/servers", Status: 503, Start: start.Add(3 * time.Second),
			Attempts: 1, BytesSent: 3, BytesReceived: 5, RequestID: "tx-1"},
	}
	if diff := cmp.Diff(want, events, cmpopts.IgnoreFields(Event{}, "Err")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if events[0].Err != nil || events[1].Err == nil || events[1].Err.Kind != KindUnavailable {
		t.Errorf("got errors %v, %v", events[0].Err, events[1].Err)
	}
}

func TestWithoutATracerOrALimiterTheirLinksVanish(t *testing.T) {
	h := &script{}
	if got := Traced(h, nil, clock.System, &Redactor{}); got != Handler(h) {
		t.Error("a nil tracer made a link")
	}
	if got := Limited(h, nil, &Redactor{}); got != Handler(h) {
		t.Error("a nil limiter made a link")
	}
}

// A gate is a Limiter for tests.
type gate struct {
	err   error
	waits int
	learn []Kind
}

func (g *gate) Wait(context.Context, *Request) error { g.waits++; return g.err }
func (g *gate) Learn(_ *Request, err *Error) {
	kind := Kind("")
	if err != nil {
		kind = err.Kind
	}
	g.learn = append(g.learn, kind)
}

func TestTheLimiterIsAskedBeforeEachAttemptAndLearnsFromIt(t *testing.T) {
	g := &gate{}
	inVirtualTime(t, func(v *clock.Virtual) {
		h := Retried(Limited(&script{failures: []*Error{slow}}, g, &Redactor{}), RetryPolicy{}, v, &Redactor{})
		if _, err := h.Do(context.Background(), &aCreate); err != nil {
			t.Error(err)
		}
	})
	if g.waits != 2 || !cmp.Equal(g.learn, []Kind{KindOverLimit, ""}) {
		t.Errorf("waited %d times, learnt %v", g.waits, g.learn)
	}
	g.err = context.Canceled
	server := &script{}
	_, err := Limited(server, g, &Redactor{}).Do(context.Background(), &aCreate)
	if !errors.Is(err, KindCancelled) || server.calls != 0 {
		t.Errorf("got %v after %d calls", err, server.calls)
	}
}

func TestRetryAfterIsReadAsSecondsOrAsADate(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"30": 30 * time.Second, " 7 ": 7 * time.Second, "0": time.Second, "-5": time.Second,
		"Tue, 01 Jan 2030 00:01:00 GMT": time.Minute, "Mon, 31 Dec 2029 23:00:00 GMT": time.Second,
		"": 0, "soon": 0, "99999999999999": 0,
	} {
		if got := ParseRetryAfter(value, start); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}

func TestTheVersionIsTheModulesOwn(t *testing.T) {
	for _, test := range []struct {
		module debug.Module
		want   string
	}{
		{debug.Module{Path: modulePath, Version: "v1.2.3"}, "1.2.3"},
		{debug.Module{Path: modulePath, Version: "(devel)"}, "dev"},
		{debug.Module{Path: "example.test/embedder", Version: "v9.0.0"}, "dev"},
		{debug.Module{Path: modulePath}, "dev"},
	} {
		if got := versionOf(&test.module); got != test.want {
			t.Errorf("%v: got %s, want %s", test.module, got, test.want)
		}
	}
}
