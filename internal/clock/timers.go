package clock

import (
	"container/heap"
	"context"
	"time"
)

// A timer is due at a moment. A sleeper's timer gives its goroutine work again
// when it fires; a deadline's timer only ends a context.
type timer struct {
	at      time.Time
	seq     int64
	index   int // in the queue; -1 when fired or removed
	ctx     context.Context
	sleeper bool
	fire    func()
}

// timers are a moment and what is due after it.
type timers struct {
	now   time.Time
	queue timerHeap
	seq   int64 // orders timers that are due at the same moment
}

func (ts *timers) push(ctx context.Context, d time.Duration, sleeper bool, fire func()) *timer {
	ts.seq++
	t := &timer{at: ts.now.Add(d), seq: ts.seq, ctx: ctx, sleeper: sleeper, fire: fire}
	heap.Push(&ts.queue, t)
	return t
}

// pop takes the next timer out and moves to its moment.
func (ts *timers) pop() *timer {
	t := heap.Pop(&ts.queue).(*timer)
	if t.at.After(ts.now) {
		ts.now = t.at
	}
	return t
}

// remove reports whether the timer was still waiting.
func (ts *timers) remove(t *timer) bool {
	if t.index < 0 {
		return false
	}
	heap.Remove(&ts.queue, t.index)
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
