package clock

import (
	"context"
	"sync"
	"time"
)

// Virtual is a clock whose time moves only while everybody waits.
type Virtual struct {
	mu      sync.Mutex
	working int
	timers
	waiting map[*waiter]struct{}    // inside Wait
	asleep  map[context.Context]int // goroutines inside Sleep, by their context
}

// NewVirtual makes a clock that stands at start. Nobody works yet: time does not
// move before the first goroutine that was started with Go waits.
func NewVirtual(start time.Time) *Virtual {
	return &Virtual{timers: timers{now: start}, waiting: map[*waiter]struct{}{}, asleep: map[context.Context]int{}}
}

var _ Clock = (*Virtual)(nil)

type waiter struct {
	ctx  context.Context
	done <-chan struct{}
}

// Now is the present moment of this clock.
func (v *Virtual) Now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.now
}

// Go runs f on a new goroutine that counts as working until f returns.
func (v *Virtual) Go(f func()) {
	v.mu.Lock()
	v.working++
	v.mu.Unlock()
	go func() {
		defer v.rest()
		f()
	}()
}

// Sleep waits until this clock has moved by d.
func (v *Virtual) Sleep(ctx context.Context, d time.Duration) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	woken := make(chan struct{})
	v.mu.Lock()
	t := v.push(ctx, d, true, func() { close(woken) })
	v.asleep[ctx]++
	v.working--
	v.advance()
	v.mu.Unlock()
	select {
	case <-woken:
		return nil
	case <-ctx.Done():
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.remove(t) {
		v.wake(t)
	}
	return context.Cause(ctx)
}

// Wait waits for done to be closed.
func (v *Virtual) Wait(ctx context.Context, done <-chan struct{}) error {
	w := &waiter{ctx: ctx, done: done}
	v.mu.Lock()
	v.waiting[w] = struct{}{}
	v.working--
	v.advance()
	v.mu.Unlock()
	defer func() {
		v.mu.Lock()
		delete(v.waiting, w)
		v.working++
		v.mu.Unlock()
	}()
	return system{}.Wait(ctx, done)
}

// WithTimeout ends the context when this clock has moved by d.
func (v *Virtual) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(withEnd(ctx, v.Now().Add(d)))
	v.mu.Lock()
	t := v.push(ctx, d, false, func() { cancel(context.DeadlineExceeded) })
	v.mu.Unlock()
	return ctx, func() {
		v.mu.Lock()
		v.remove(t)
		v.mu.Unlock()
		cancel(context.Canceled)
	}
}

// Advance moves the clock by d and fires what is due on the way, in order. It is
// for tests that step time themselves.
func (v *Virtual) Advance(d time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	end := v.now.Add(d)
	for len(v.queue) > 0 && !v.queue[0].at.After(end) {
		v.fireNext()
	}
	v.now = end
}

func (v *Virtual) rest() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.working--
	v.advance()
}

// advance moves time to the next timer as long as nobody works. Whoever is about
// to work because its channel or context has ended counts as working already.
func (v *Virtual) advance() {
	for v.working == 0 && len(v.queue) > 0 && v.somebodyWaits() && !v.somebodyWakes() {
		v.fireNext()
	}
}

func (v *Virtual) fireNext() {
	t := v.pop()
	if t.sleeper {
		v.wake(t)
	}
	t.fire()
}

// wake counts a sleeper as working.
func (v *Virtual) wake(t *timer) {
	v.working++
	if v.asleep[t.ctx]--; v.asleep[t.ctx] == 0 {
		delete(v.asleep, t.ctx)
	}
}

// somebodyWaits is false when all work is done: a deadline alone does not move
// time.
func (v *Virtual) somebodyWaits() bool { return len(v.asleep)+len(v.waiting) > 0 }

func (v *Virtual) somebodyWakes() bool {
	for w := range v.waiting {
		if w.ctx.Err() != nil {
			return true
		}
		select {
		case <-w.done:
			return true
		default:
		}
	}
	for ctx := range v.asleep {
		if ctx.Err() != nil {
			return true
		}
	}
	return false
}
