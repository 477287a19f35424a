package runtime

import (
	"context"
	goruntime "runtime"
	"runtime/metrics"
	"sync"
	"time"
)

// A memoryWatch ends runs that take more memory than they may.
//
// gopher-lua does not count what it allocates, so there are three lines. What one
// library call or concatenation asks for is accounted before it is allocated
// (vm.BudgetOptions.MaxAlloc). What they ask for together makes the run look at
// the heap first (Inspect). And tables, closures and coroutines, which nothing
// accounts, are seen by looking every two milliseconds.
//
// The heap is the process's. Its growth is put down to the runs that execute Lua
// at the moment, in equal parts, and its shrinking to all of them in proportion;
// with one run at a time that is exact. A run that seems to be beyond its limit is
// held at its next step while the garbage is collected, so that only what it holds
// on to counts. It waits for the collection and for its own cancellation, whichever
// comes first: a collection takes longer than a run may need to stop.
type memoryWatch struct {
	mu         sync.Mutex
	runs       map[*run]*memoryUse
	heap       int64 // at the last look
	base       int64 // when nothing of it was any run's
	ticker     *watchTicker
	next       chan struct{} // closed after a collection that has not begun; nil if nobody waits for one
	collecting bool
}

type memoryUse struct{ bytes float64 }

const (
	watchInterval = 2 * time.Millisecond
	// memorySlack is how far a run may be beyond its limit before it is held: the
	// garbage that it may make between two collections.
	memorySlack = 16 << 20
	// reserveStep is how many accounted bytes make a run look at the heap.
	reserveStep = 1 << 20
)

// A watchTicker is the goroutine that looks.
type watchTicker struct{ stop, stopped chan struct{} }

// watch begins to watch a run; release ends it, and the goroutine with the last
// run.
func (w *memoryWatch) watch(r *run) (release func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.runs) == 0 {
		w.runs = map[*run]*memoryUse{}
		w.heap = heapBytes()
		w.base = w.heap
		w.ticker = &watchTicker{stop: make(chan struct{}), stopped: make(chan struct{})}
		go w.tick(w.ticker)
	}
	w.runs[r] = &memoryUse{}
	return func() {
		w.mu.Lock()
		delete(w.runs, r)
		ticker, last := w.ticker, len(w.runs) == 0
		if last {
			close(ticker.stop)
		}
		w.mu.Unlock()
		if last {
			<-ticker.stopped
		}
	}
}

func (w *memoryWatch) tick(t *watchTicker) {
	defer close(t.stopped)
	ticker := time.NewTicker(watchInterval)
	defer ticker.Stop()
	for {
		select {
		case <-t.stop:
			return
		case <-ticker.C:
			w.look()
		}
	}
}

// look attributes what has changed since the last look, and has the runs that seem
// to be beyond their limits inspected at their next step.
func (w *memoryWatch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attribute(heapBytes())
	for r, use := range w.runs {
		if use.beyond(r, 0) {
			r.budget.Interrupt()
		}
	}
}

// inspect decides, on the goroutine that executes the run's Lua, whether the run
// may go on and allocate so many bytes more. The error is an *Error.
func (w *memoryWatch) inspect(r *run, asked int64) error {
	if !w.isBeyond(r, asked) {
		return nil
	}
	w.collect(r.ctx)
	if r.ctx.Err() != nil {
		return r.reason(r.base, r.ctx)
	}
	if !w.isBeyond(r, asked) {
		return nil
	}
	e := r.limits.hit("memory", "the run takes more than its %s of memory", sizeText(r.limits.Memory))
	r.cancel(e)
	return e
}

func (w *memoryWatch) isBeyond(r *run, asked int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attribute(heapBytes())
	return w.runs[r].beyond(r, asked)
}

// beyond reports whether a run takes more than it may, with so many bytes more.
func (u *memoryUse) beyond(r *run, more int64) bool {
	return u.bytes+float64(more) > float64(r.limits.Memory+memorySlack)
}

// collect waits for a garbage collection that has not begun yet, or for ctx. All
// who wait share one.
func (w *memoryWatch) collect(ctx context.Context) {
	w.mu.Lock()
	if w.next == nil {
		w.next = make(chan struct{})
	}
	done := w.next
	if !w.collecting {
		w.collecting = true
		go w.collections()
	}
	w.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// collections collects as long as somebody waits for it.
func (w *memoryWatch) collections() {
	for {
		w.mu.Lock()
		done := w.next
		w.next = nil
		w.collecting = done != nil
		w.mu.Unlock()
		if done == nil {
			return
		}
		goruntime.GC()
		close(done)
	}
}

func (w *memoryWatch) attribute(heap int64) {
	before := w.heap
	w.heap = heap
	if heap < before {
		w.base = min(w.base, heap)
		part := 0.0
		if before > w.base {
			part = float64(heap-w.base) / float64(before-w.base)
		}
		for _, use := range w.runs {
			use.bytes *= part
		}
		return
	}
	var busy []*memoryUse
	for r, use := range w.runs {
		if r.baton.isHeld() {
			busy = append(busy, use)
		}
	}
	if len(busy) == 0 {
		w.base += heap - before
		return
	}
	for _, use := range busy {
		use.bytes += float64(heap-before) / float64(len(busy))
	}
}

// heapBytes reads the size of all objects in the heap, garbage included; it
// costs about half a microsecond.
func heapBytes() int64 {
	sample := [1]metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample[:])
	return int64(sample[0].Value.Uint64())
}
