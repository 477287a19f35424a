package apiclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A meter is a service that takes so many calls in a window, which begins with the first one,
// and refuses the others.
type meter struct {
	clock   clock.Clock
	value   int
	window  time.Duration
	only    string // counts calls with this method; "" counts all
	silent  bool   // refuses with 429 and no time
	latency time.Duration

	mu            sync.Mutex
	ends          time.Time
	used          int
	taken         []string // Op of each call that it took
	refused       int
	limitsAskedAt []time.Time
}

func (m *meter) Do(ctx context.Context, req *Request) (*Response, error) {
	if err := m.clock.Sleep(ctx, m.latency); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	if m.only == "" || m.only == req.Method {
		if !now.Before(m.ends) {
			m.ends, m.used = now.Add(m.window), 0
		}
		if m.used == m.value {
			m.refused++
			if m.silent {
				return nil, &Error{Kind: KindOverLimit, Op: req.Op, Status: 429}
			}
			return nil, &Error{Kind: KindOverLimit, Op: req.Op, Status: 413, RetryAfter: AtLeastASecond(m.ends.Sub(now))}
		}
		m.used++
	}
	m.taken = append(m.taken, req.Op)
	return &Response{Status: 202, Header: http.Header{}, Attempts: 1}, nil
}

func (m *meter) rate(pattern string) Rate {
	return Rate{Method: m.only, Pattern: regexp.MustCompile(pattern), Name: fmt.Sprintf("%d %s calls a minute on *", m.value, m.only),
		Value: m.value, Window: m.window, Remaining: m.value}
}

// source states rates, and notes when it was asked.
func (m *meter) source(rates ...Rate) RateSource {
	return func(context.Context) ([]Rate, error) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.limitsAskedAt = append(m.limitsAskedAt, m.clock.Now())
		return rates, nil
	}
}

// through is the chain of a client.
func through(m *meter, l *RateLimiter, v clock.Clock) Handler {
	return Retried(Limited(m, l, &Redactor{}), RetryPolicy{Jitter: func() float64 { return 0.5 }}, v, &Redactor{})
}

func posting(op string) *Request {
	return &Request{Op: op, Effect: EffectCreate, Method: "POST", Path: "/servers"}
}

// tasks runs n tasks of k calls each at once.
func tasks(t *testing.T, v *clock.Virtual, h Handler, n, k int) {
	t.Helper()
	var done []chan struct{}
	for i := range n {
		ended := make(chan struct{})
		done = append(done, ended)
		v.Go(func() {
			defer close(ended)
			for range k {
				if _, err := h.Do(context.Background(), posting(fmt.Sprint("task", i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, ended := range done {
		_ = v.Wait(context.Background(), ended)
	}
}

func TestStatedLimitsAreKept(t *testing.T) {
	for _, latency := range []time.Duration{0, 300 * time.Millisecond, 7 * time.Second} {
		waited := inVirtualTime(t, func(v *clock.Virtual) {
			m := &meter{clock: v, value: 10, window: time.Minute, only: "POST", latency: latency}
			l := NewRateLimiter(RateOptions{Clock: v})
			l.Use(m.source(m.rate(".*")))
			tasks(t, v, through(m, l, v), 20, 5)
			if m.refused != 0 || len(m.taken) != 100 || len(m.limitsAskedAt) != 1 {
				t.Errorf("latency %v: %d refused, %d taken, limits asked for at %v", latency, m.refused, len(m.taken), m.limitsAskedAt)
			}
		})
		if most := 9*time.Minute + 20*latency; waited < 9*time.Minute || waited > most {
			t.Errorf("latency %v: 100 calls at 10 a minute took %v, want at most %v", latency, waited, most)
		}
	}
}

func TestTasksTakeTurns(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 3, window: time.Minute, only: "POST", latency: time.Second}
		l := NewRateLimiter(RateOptions{Clock: v})
		l.Use(m.source(m.rate("")))
		tasks(t, v, through(m, l, v), 7, 6)
		counts := map[string]int{}
		for i, op := range m.taken {
			counts[op]++
			// Whoever has had a turn comes again after all others had theirs.
			if most := i/7 + 2; counts[op] > most {
				t.Fatalf("%s had %d of the first %d calls: %v", op, counts[op], i+1, m.taken)
			}
		}
	})
}

// Nothing is stated: refusals alone teach, and after the first ones few follow.
func TestRefusalsTeach(t *testing.T) {
	for _, test := range []struct {
		name   string
		silent bool
		most   int // refusals
	}{{"with a time", false, 80}, {"without one", true, 200}} {
		t.Run(test.name, func(t *testing.T) {
			inVirtualTime(t, func(v *clock.Virtual) {
				m := &meter{clock: v, value: 10, window: time.Minute, only: "POST", silent: test.silent}
				tasks(t, v, through(m, NewRateLimiter(RateOptions{Clock: v}), v), 30, 3)
				if len(m.taken) != 90 || m.refused > test.most {
					t.Errorf("%d taken, %d refused", len(m.taken), m.refused)
				}
			})
		})
	}
}

// Another program uses the same account: what the service says counts.
func TestARefusalShutsTheWindowThatItIsAbout(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 10, window: time.Minute, only: "POST"}
		l := NewRateLimiter(RateOptions{Clock: v})
		stated := m.rate("")
		daily := stated
		daily.Window, daily.Value, daily.Remaining, daily.Name = 24*time.Hour, 1000, 1000, "1000 POST calls a day on *"
		l.Use(m.source(daily, stated))
		m.Do(context.Background(), posting("somebody else"))
		m.used = 10
		tasks(t, v, through(m, l, v), 10, 1)
		if m.refused == 0 || m.refused > 10 || len(m.taken) != 11 {
			t.Errorf("%d refused, %d taken", m.refused, len(m.taken))
		}
		if got := v.Now().Sub(start); got > 2*time.Minute {
			t.Errorf("a full minute's window took %v", got)
		}
	})
}

func TestWhatWasUsedBeforeCounts(t *testing.T) {
	for name, reset := range map[string]time.Duration{"in time": 40 * time.Second, "of a clock that is an hour ahead": time.Hour, "of one that is behind": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			waited := inVirtualTime(t, func(v *clock.Virtual) {
				m := &meter{clock: v, value: 10, window: time.Minute, only: "POST", ends: start.Add(40 * time.Second), used: 8}
				l := NewRateLimiter(RateOptions{Clock: v})
				stated := m.rate("")
				stated.Remaining, stated.Reset = 2, start.Add(reset)
				l.Use(m.source(stated))
				tasks(t, v, through(m, l, v), 4, 1)
				if reset == 40*time.Second && m.refused != 0 || len(m.taken) != 4 {
					t.Errorf("%d refused, %d taken", m.refused, len(m.taken))
				}
			})
			if waited < 40*time.Second || waited > 2*time.Minute {
				t.Errorf("waited %v", waited)
			}
		})
	}
}

func TestALongWaitIsTheServicesToDemand(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 2, window: 24 * time.Hour, only: "POST"}
		l := NewRateLimiter(RateOptions{Clock: v})
		l.Use(m.source(m.rate("")))
		h := through(m, l, v)
		for range 2 {
			_, _ = h.Do(context.Background(), posting("servers.create"))
		}
		_, err := h.Do(context.Background(), posting("servers.create"))
		var e *Error
		if !errors.As(err, &e) || e.Kind != KindOverLimit || e.Status != 413 || e.RetryAfter != 24*time.Hour || m.refused != 1 {
			t.Errorf("%v after %d refusals", err, m.refused)
		}
	})
}

// A stated pattern can be wider than what the service counts, as "^/servers" is.
func TestAStatedLimitThatTheServiceDoesNotKeepIsDropped(t *testing.T) {
	waited := inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 2, window: 24 * time.Hour, only: "DELETE"}
		l := NewRateLimiter(RateOptions{Clock: v})
		stated := m.rate("")
		stated.Method = ""
		l.Use(m.source(stated))
		tasks(t, v, through(m, l, v), 3, 3)
		if len(m.taken) != 9 || m.refused != 0 {
			t.Errorf("%d taken, %d refused", len(m.taken), m.refused)
		}
	})
	if waited != 0 {
		t.Errorf("waited %v", waited)
	}
}

func TestOtherCallsDoNotWait(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 1, window: time.Minute, only: "POST"}
		l := NewRateLimiter(RateOptions{Clock: v})
		l.Use(m.source(m.rate("")))
		h := through(m, l, v)
		held := make(chan struct{})
		v.Go(func() { defer close(held); tasks(t, v, h, 2, 1) })
		_ = v.Sleep(context.Background(), time.Second)
		_, err := h.Do(context.Background(), &Request{Op: "servers.delete", Effect: EffectDestroy, Method: "DELETE", Path: "/servers/1"})
		if err != nil || v.Now().Sub(start) != time.Second {
			t.Errorf("%v after %v", err, v.Now().Sub(start))
		}
		_ = v.Wait(context.Background(), held)
	})
}

func TestWhoGivesUpSaysThatItWaitedAndTakesNothing(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 1, window: time.Minute, only: "POST"}
		l := NewRateLimiter(RateOptions{Clock: v})
		l.Use(m.source(m.rate("")))
		var events []Event
		h := Traced(through(m, l, v), func(_ context.Context, e Event) { events = append(events, e) }, v, &Redactor{})
		_, _ = h.Do(context.Background(), posting("first"))
		ctx, cancel := v.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_, err := h.Do(ctx, posting("servers.create"))
		const want = "servers.create: timeout: the time allowed ran out while waiting for the rate limit of 1 POST calls a minute on * " +
			"(held back here: the service did not refuse this call)"
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		_, err = h.Do(context.Background(), posting("third"))
		if err != nil || v.Now().Sub(start) != time.Minute || !slices.Equal(m.taken, []string{"first", "third"}) {
			t.Errorf("%v after %v: %v", err, v.Now().Sub(start), m.taken)
		}
		if events[0].Held != 0 || events[1].Held != 10*time.Second || events[2].Held != 50*time.Second {
			t.Errorf("held %v, %v, %v", events[0].Held, events[1].Held, events[2].Held)
		}
	})
}

func TestLimitsThatCannotBeAskedForAreLearnt(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 2, window: time.Minute, only: "POST"}
		l := NewRateLimiter(RateOptions{Clock: v})
		asked := 0
		l.Use(func(context.Context) ([]Rate, error) { asked++; return nil, errors.New("no such thing") })
		l.Use(m.source(m.rate(""))) // comes too late
		tasks(t, v, through(m, l, v), 4, 1)
		if len(m.taken) != 4 || asked != 1 || m.refused == 0 {
			t.Errorf("%d taken, limits asked for %d times, %d refused", len(m.taken), asked, m.refused)
		}
	})
}

// Calls that come, go, give up and are refused at once leave no limit held.
func TestRateLimiterHammer(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		m := &meter{clock: v, value: 50, window: time.Second, only: "POST", latency: 10 * time.Millisecond}
		l := NewRateLimiter(RateOptions{Clock: v})
		l.Use(m.source(m.rate("")))
		h := through(m, l, v)
		var done []chan struct{}
		for i := range 100 {
			ended := make(chan struct{})
			done = append(done, ended)
			v.Go(func() {
				defer close(ended)
				for k := range 20 {
					ctx, cancel := v.WithTimeout(context.Background(), time.Duration((i*k)%7+1)*time.Second)
					_, _ = h.Do(ctx, posting("n"))
					cancel()
				}
			})
		}
		for _, ended := range done {
			_ = v.Wait(context.Background(), ended)
		}
		if len(l.flights) != 0 || len(l.queue) != 0 || !l.alarm.IsZero() {
			t.Errorf("%d in flight, %d in the queue, alarm at %v", len(l.flights), len(l.queue), l.alarm)
		}
	})
}

func TestFamilies(t *testing.T) {
	for path, want := range map[string]string{
		"/servers": "POST /servers", "/servers/17/action?x=1": "POST /servers/*/action", "/vm/create/": "POST /vm/create/",
	} {
		if got := family(&Request{Method: "POST", Path: path}); got != want {
			t.Errorf("%s: got %s", path, got)
		}
	}
}
