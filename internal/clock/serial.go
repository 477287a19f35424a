package clock

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// Serial is a virtual clock under which only one of the goroutines that were
// started with Go works at a time: the others wait for their turn until it
// sleeps, waits or ends. Whose turn is next depends on the order of events alone
// and never on the machine, so a program that waits in no other way does the same
// each time, its HTTP requests included.
//
// Sleep, Wait and Go are for goroutines started with Go, except for the first Go.
// One of them that waits for another in any other way than Wait stops everything.
type Serial struct {
	mu sync.Mutex
	timers
	working bool         // somebody has the turn
	ready   []*goroutine // in the order in which they became so
	waiting []*goroutine // inside Wait, in the order in which they began to wait
	asleep  int          // goroutines inside Sleep whose timer has not fired
}

// NewSerial makes a clock that stands at start.
func NewSerial(start time.Time) *Serial { return &Serial{timers: timers{now: start}} }

var _ Clock = (*Serial)(nil)

// A goroutine that does not have the turn.
type goroutine struct {
	turn chan struct{} // closed when it has the turn again
	ctx  context.Context
	done <-chan struct{}
}

// Now is the present moment of this clock.
func (s *Serial) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Go runs f on a new goroutine when it is its turn.
func (s *Serial) Go(f func()) {
	g := &goroutine{turn: make(chan struct{})}
	s.mu.Lock()
	s.ready = append(s.ready, g)
	s.next()
	s.mu.Unlock()
	go func() {
		<-g.turn
		defer func() {
			s.mu.Lock()
			s.working = false
			s.next()
			s.mu.Unlock()
		}()
		f()
	}()
}

// Sleep gives the turn away until this clock has moved by d.
func (s *Serial) Sleep(ctx context.Context, d time.Duration) error {
	if err := context.Cause(ctx); err != nil || d <= 0 {
		return err
	}
	g := &goroutine{turn: make(chan struct{}), ctx: ctx}
	s.mu.Lock()
	s.asleep++
	t := s.push(ctx, d, true, func() { s.asleep--; s.ready = append(s.ready, g) })
	s.rest(g)
	if s.now.Before(t.at) {
		return context.Cause(ctx)
	}
	return nil
}

// Wait gives the turn away until done is closed.
func (s *Serial) Wait(ctx context.Context, done <-chan struct{}) error {
	g := &goroutine{turn: make(chan struct{}), ctx: ctx, done: done}
	s.mu.Lock()
	s.waiting = append(s.waiting, g)
	s.rest(g)
	select {
	case <-done:
		return nil
	default:
		return context.Cause(ctx)
	}
}

// WithTimeout ends the context when this clock has moved by d.
func (s *Serial) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(withEnd(ctx, s.Now().Add(d)))
	s.mu.Lock()
	t := s.push(ctx, d, false, func() { cancel(context.DeadlineExceeded) })
	s.mu.Unlock()
	return ctx, func() {
		s.mu.Lock()
		s.remove(t)
		s.mu.Unlock()
		cancel(context.Canceled)
	}
}

// rest gives the turn away and waits for it; s.mu is held, and released. What
// ends a wait from outside, such as an interrupt, makes the goroutine look for
// the turn itself when nobody has it.
func (s *Serial) rest(g *goroutine) {
	s.working = false
	s.next()
	s.mu.Unlock()
	select {
	case <-g.turn:
		return
	case <-g.done:
	case <-g.ctx.Done():
	}
	s.mu.Lock()
	s.next()
	s.mu.Unlock()
	<-g.turn
}

// next gives the turn to whoever is ready, or whose wait has ended; while there
// is nobody, time moves to the next timer. s.mu is held.
func (s *Serial) next() {
	for !s.working {
		if len(s.ready) == 0 {
			s.wakeEnded()
		}
		if len(s.ready) > 0 {
			g := s.ready[0]
			s.ready = s.ready[1:]
			s.working = true
			close(g.turn)
			return
		}
		if len(s.queue) == 0 || s.asleep == 0 && len(s.waiting) == 0 {
			return // all work is done: a deadline alone does not move time
		}
		s.pop().fire()
	}
}

// wakeEnded makes those ready whose wait or whose context has ended.
func (s *Serial) wakeEnded() {
	s.waiting = slices.DeleteFunc(s.waiting, func(g *goroutine) bool {
		if g.ctx.Err() == nil && !closed(g.done) {
			return false
		}
		s.ready = append(s.ready, g)
		return true
	})
	if len(s.ready) > 0 {
		return
	}
	var ended []*timer
	for _, t := range s.queue {
		if t.sleeper && t.ctx.Err() != nil {
			ended = append(ended, t)
		}
	}
	slices.SortFunc(ended, func(a, b *timer) int { return cmp.Compare(a.seq, b.seq) })
	for _, t := range ended {
		s.remove(t)
		t.fire()
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
