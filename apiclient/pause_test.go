package apiclient

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A service that refuses for the rate and never says until when is asked again as long as there
// is time, at bounded intervals, and whoever wants to know hears of each.
func TestRefusalsWithoutATimeAreToldAndBounded(t *testing.T) {
	for _, limited := range []bool{false, true} {
		var told []Pause
		inVirtualTime(t, func(v *clock.Virtual) {
			var h Handler = &meter{clock: v, silent: true, window: time.Hour}
			if limited {
				h = Limited(h, NewRateLimiter(RateOptions{Clock: v}), &Redactor{})
			}
			h = Retried(h, RetryPolicy{Jitter: func() float64 { return 1 }}, v, &Redactor{})
			h = Observed(h, func(_ context.Context, p Pause) { told = append(told, p) })
			ctx, cancel := v.WithTimeout(context.Background(), 24*time.Hour)
			defer cancel()
			if _, err := h.Do(ctx, posting("servers.create")); AsError(&Request{}, err).Kind != KindTimeout {
				t.Errorf("got %v", err)
			}
		})
		if n := len(told); n < 1000 || n > 24*3600/10+16 {
			t.Errorf("limited %v: %d pauses in a day", limited, n)
		}
		for i, p := range told {
			if p.For > 20*time.Second || i > 10 && p.For < 15*time.Second && p.Err != nil {
				t.Errorf("limited %v: pause %d: %v", limited, i, p)
			}
		}
	}
}

func TestPausesInWords(t *testing.T) {
	var told []string
	inVirtualTime(t, func(v *clock.Virtual) {
		l := NewRateLimiter(RateOptions{Clock: v})
		m := &meter{clock: v, only: "POST", value: 1, window: time.Minute}
		l.Use(m.source(m.rate(".*")))
		server := &script{failures: []*Error{
			{Kind: KindUnavailable, Status: 503, Message: "away", RetryAfter: 2 * time.Second},
			{Kind: KindUnreachable, Message: "shorter than anybody wants to know"}, // 375 ms
		}}
		h := Limited(Retried(server, RetryPolicy{Jitter: func() float64 { return 0.75 }}, v, &Redactor{}), l, &Redactor{})
		ctx := WithPauses(context.Background(), func(_ context.Context, p Pause) { told = append(told, "first "+p.Op) })
		h = Observed(h, func(_ context.Context, p Pause) { told = append(told, p.String()) })
		for _, op := range []string{"servers.create", "images.create"} {
			req := posting(op)
			req.Idempotent = true
			if _, err := h.Do(ctx, req); err != nil {
				t.Error(err)
			}
		}
	})
	want := []string{
		"first servers.create", "waits 2s after unavailable: away (attempt 1)",
		"first images.create", "waits 1m0s for the rate limit of 1 POST calls a minute on *",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := fmt.Sprint(Pause{Op: "x", Limit: "calls such as GET /x"}); got != "waits for the rate limit of calls such as GET /x" {
		t.Error(got)
	}
}
