package clock

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// Virtual is a clock whose time moves only while everybody waits.
type Virtual struct {
	mu      sync.Mutex
	now     time.Time
	working int
	timers  timerHeap
	seq     int64                   // orders timers that are due at the same moment
	waiting map[*waiter]struct{}    // inside Wait
	asleep  map[context.Context]int // goroutines inside Sleep, by their context
}

// NewVirtual makes a clock that stands at start. Nobody works yet: time does not
// move before the first goroutine that was started with Go waits.
func NewVirtual(start time.Time) *Virtual {
	return &Virtual{now: start, waiting: map[*waiter]struct{}{}, asleep: map[context.Context]int{}}
}

var _ Clock = (*Virtual)(nil)

// A timer is due at a moment. A sleeper's timer counts its goroutine as working
// again when it fires; a deadline's timer counts nobody.
type timer struct {
	at      time.Time
	seq     int64
	index   int // in the heap; -1 when fired or removed
	ctx     context.Context
	sleeper bool
	fire    func()
}

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
	ctx, cancel := context.WithCancelCause(ctx)
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
	for len(v.timers) > 0 && !v.timers[0].at.After(end) {
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
	for v.working == 0 && len(v.timers) > 0 && v.somebodyWaits() && !v.somebodyWakes() {
		v.fireNext()
	}
}

func (v *Virtual) fireNext() {
	t := heap.Pop(&v.timers).(*timer)
	if t.at.After(v.now) {
		v.now = t.at
	}
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

func (v *Virtual) push(ctx context.Context, d time.Duration, sleeper bool, fire func()) *timer {
	v.seq++
	t := &timer{at: v.now.Add(d), seq: v.seq, ctx: ctx, sleeper: sleeper, fire: fire}
	heap.Push(&v.timers, t)
	return t
}

// remove reports whether the timer was still waiting.
func (v *Virtual) remove(t *timer) bool {
	if t.index < 0 {
		return false
	}
	heap.Remove(&v.timers, t.index)
	return true
}

type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].seq < h[j].seq
	}
	return h[i].at.Before(h[j].at)
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = -1
	return t
}
