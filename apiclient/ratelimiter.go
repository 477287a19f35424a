package apiclient

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A RateLimiter is a Limiter that knows a service's limits, from what the service states and
// from its refusals, and holds calls back so that they need not be refused. Calls that wait go
// in the order in which they came; as a task makes one call at a time, tasks take turns. Give
// one to all clients of an account.
type RateLimiter struct {
	clock    clock.Clock
	patience time.Duration

	mu      sync.Mutex
	source  RateSource
	asking  chan struct{} // closed when the limits were asked for; nil before
	windows []*window
	probes  map[string]*probe // by family
	queue   []*ticket
	flights map[*Request][]limit // what calls under way count against
	alarm   time.Time            // when the queue is looked at again; zero for never
	silence context.CancelFunc   // of the alarm
}

// A RateSource asks the service for its limits.
type RateSource func(ctx context.Context) ([]Rate, error)

// RateOptions shape a RateLimiter. The zero value is the default.
type RateOptions struct {
	Clock clock.Clock // default: the machine's
	// Patience is the longest that one limit holds a call back; default 15 min. A call that
	// would wait longer is sent, for the service to say itself when it will take it.
	Patience time.Duration
}

// NewRateLimiter makes a limiter that knows no limits yet.
func NewRateLimiter(o RateOptions) *RateLimiter {
	if o.Clock == nil {
		o.Clock = clock.System
	}
	if o.Patience <= 0 {
		o.Patience = 15 * time.Minute
	}
	return &RateLimiter{clock: o.Clock, patience: o.Patience, probes: map[string]*probe{}, flights: map[*Request][]limit{}}
}

// Use tells where the limits can be asked for. They are, once, before the first call that
// changes something. A client does this; the first one's source stays.
func (l *RateLimiter) Use(source RateSource) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.source == nil {
		l.source = source
	}
}

// A ticket is a call that waits.
type ticket struct {
	req    *Request
	limits []limit
	shut   limit // the one that it waits for
	passed chan struct{}
}

// Wait returns when the call may be sent.
func (l *RateLimiter) Wait(ctx context.Context, req *Request) error {
	if err := l.ask(ctx, req); err != nil {
		return err
	}
	l.mu.Lock()
	t := &ticket{req: req, limits: l.limits(req), passed: make(chan struct{})}
	if len(t.limits) == 0 {
		l.mu.Unlock()
		return nil
	}
	l.queue = append(l.queue, t)
	l.admit()
	held := l.pauseOf(t)
	l.mu.Unlock()

	if held != nil {
		tellPause(ctx, *held)
	}
	began := l.clock.Now()
	err := l.clock.Wait(ctx, t.passed)
	usageFrom(ctx).held(l.clock.Now().Sub(began))
	if err == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.queue, t); i >= 0 {
		l.queue = slices.Delete(l.queue, i, i+1)
	} else {
		l.returned(req)
	}
	l.admit()
	if t.shut == nil {
		return err
	}
	return &HeldBack{By: t.shut.String(), Cause: err}
}

// pauseOf is the pause of a call that was not let through at once, nil for others.
func (l *RateLimiter) pauseOf(t *ticket) *Pause {
	if t.shut == nil {
		return nil
	}
	now := l.clock.Now()
	p := &Pause{Op: t.req.Op, Limit: t.shut.String()}
	if _, opens := t.shut.room(now); opens.After(now) {
		p.For = opens.Sub(now)
	}
	return p
}

// Learn sees what became of a call that Wait let through.
func (l *RateLimiter) Learn(req *Request, err *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.land(req, err)
	if refusedForRate(err) {
		l.refused(req, err)
	}
	l.admit()
}

// land counts a call that was sent.
func (l *RateLimiter) land(req *Request, err *Error) {
	now := l.clock.Now()
	for _, limit := range l.flights[req] {
		limit.ended(now, err)
	}
	delete(l.flights, req)
}

// returned is for a call that was let through at the moment at which its caller gave up.
func (l *RateLimiter) returned(req *Request) {
	for _, limit := range l.flights[req] {
		limit.giveBack()
	}
	delete(l.flights, req)
}

// refused finds the limit that a refusal is about: the shortest window that it can be, else one
// that is known by refusals only.
func (l *RateLimiter) refused(req *Request, err *Error) {
	now := l.clock.Now()
	var culprit *window
	for _, w := range l.windows {
		if err.RetryAfter > 0 && w.fits(req) && w.Window+time.Second >= err.RetryAfter && (culprit == nil || w.Window < culprit.Window) {
			culprit = w
		}
	}
	if culprit != nil {
		culprit.close(now.Add(err.RetryAfter))
		return
	}
	key := family(req)
	p := l.probes[key]
	if p == nil {
		p = &probe{name: "calls such as " + key + ", which the service refused lately"}
		l.probes[key] = p
		for _, t := range l.queue {
			if family(t.req) == key {
				t.limits = append(t.limits, p)
			}
		}
	}
	p.shut(now, err.RetryAfter)
}

// limits are those that a call counts against.
func (l *RateLimiter) limits(req *Request) (limits []limit) {
	for _, w := range l.windows {
		if w.fits(req) {
			limits = append(limits, w)
		}
	}
	if len(l.probes) > 0 {
		if p := l.probes[family(req)]; p != nil {
			limits = append(limits, p)
		}
	}
	return limits
}

// admit lets through whoever may go, in the order of the queue. A call that one limit holds back
// does not keep later ones from going that count against others.
func (l *RateLimiter) admit() {
	now := l.clock.Now()
	var next time.Time
	waiting := l.queue[:0]
	for _, t := range l.queue {
		t.shut = nil
		for _, limit := range t.limits {
			ok, opens := limit.room(now)
			if ok {
				continue
			}
			t.shut = limit
			if !opens.IsZero() && (next.IsZero() || opens.Before(next)) {
				next = opens
			}
		}
		if t.shut != nil {
			waiting = append(waiting, t)
			continue
		}
		for _, limit := range t.limits {
			limit.take(now)
		}
		l.flights[t.req] = t.limits
		close(t.passed)
	}
	clear(l.queue[len(waiting):])
	l.queue = waiting
	l.wake(next)
}

// wake sees to it that the queue is looked at again at a moment.
func (l *RateLimiter) wake(at time.Time) {
	if at.Equal(l.alarm) {
		return
	}
	if l.silence != nil {
		l.silence()
	}
	l.alarm, l.silence = at, nil
	if at.IsZero() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.silence = cancel
	l.clock.Go(func() {
		if l.clock.Sleep(ctx, at.Sub(l.clock.Now())) != nil {
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		cancel()
		l.alarm, l.silence = time.Time{}, nil
		l.admit()
	})
}

type askingKey struct{}

// ask asks for the limits where that is due, and waits while somebody asks.
func (l *RateLimiter) ask(ctx context.Context, req *Request) error {
	if req.Effect == EffectRead || ctx.Value(askingKey{}) != nil {
		return nil
	}
	l.mu.Lock()
	asking, source := l.asking, l.source
	if source == nil {
		l.mu.Unlock()
		return nil
	}
	if asking != nil {
		l.mu.Unlock()
		return l.clock.Wait(ctx, asking)
	}
	done := make(chan struct{})
	l.asking = done
	l.mu.Unlock()

	rates, err := source(context.WithValue(ctx, askingKey{}, true))
	l.mu.Lock()
	defer l.mu.Unlock()
	close(done)
	if err != nil {
		// Refusals teach the limits as well. Whoever comes later asks again only if this
		// caller gave up, because a service that does not tell will not.
		if ctx.Err() != nil {
			l.asking = nil
		}
		return nil
	}
	now := l.clock.Now()
	for _, r := range rates {
		if r.Value > 0 && r.Window > 0 {
			l.windows = append(l.windows, newWindow(r, now, l.patience))
		}
	}
	return nil
}
