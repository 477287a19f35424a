package runtime

import (
	"context"
	goruntime "runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// A memoryWatch ends runs that take more memory than they may.
//
// gopher-lua does not count what it allocates, so there are three lines. What one
// library call or concatenation asks for is accounted before it is allocated
// (vm.BudgetOptions.MaxAlloc). What they ask for together makes the run look at
// the heap first (Inspect). And tables, closures and coroutines, which nothing
// accounts, are seen by looking every two milliseconds: the watch does, and a run that
// finds it late does so itself. Stacks of goroutines count as the heap does, because
// tasks have them.
//
// The heap is the process's. Its growth is put down to the runs in proportion to what
// they were charged meanwhile (vm.Budget.Charged), and its shrinking to all of them in
// proportion. With one run at a time that is exact but for garbage, so a run that seems
// to be beyond its limit is held at its next step while the garbage is collected. It
// waits for the collection and for its own cancellation, whichever comes first: a
// collection takes longer than a run may need to stop.
//
// With several runs what is put down to each is a guess, good enough to see that one of
// them may be beyond its limit. Such a run adds up, at its next step, what its values
// take (measure): that is what is put down to it from then on, and the rest is put
// down to the others. So no run is ended for its neighbours' memory or garbage.
type memoryWatch struct {
	mu         sync.Mutex
	runs       map[*run]*memoryUse
	heap       int64   // at the last look
	base       int64   // when nothing of it was any run's
	left       float64 // behind by runs that have ended, and not collected yet
	ticker     *watchTicker
	next       chan struct{} // closed after a collection that has not begun; nil if nobody waits for one
	collecting bool

	looked atomic.Int64 // when, since lookEpoch
}

// lookEpoch is what the times of looks are counted from.
var lookEpoch = time.Now()

// A memoryUse is what a watch knows of a run.
type memoryUse struct {
	budgets    map[*vm.Budget]*budgetUse // of what goes on in it
	extra      int64                     // bytes that it may have beyond its limit
	bytes      float64                   // put down to it
	recent     float64                   // what its budgets were charged between the last two looks
	unmeasured float64                   // and since it was measured
	measured   int64                     // the heap when it was measured, or began
}

// A budgetUse is what a watch knows of a budget.
type budgetUse struct {
	ended   <-chan struct{} // closed when what goes on by it is stopped
	charged int64           // until the last look
}

const (
	watchInterval = 2 * time.Millisecond
	// watchPatience is after how long a run looks itself: the watch's goroutine may wait
	// for a processor, while what a script can take in that time is a lot.
	watchPatience = 3 * time.Millisecond
	// memorySlack is how far a run may be beyond its limit before it is held: the
	// garbage that it may make between two collections.
	memorySlack = 16 << 20
	// reserveStep is how many accounted bytes make a run look at the heap.
	reserveStep = 1 << 20
)

// A watchTicker is the goroutine that looks.
type watchTicker struct{ stop, stopped chan struct{} }

// watch begins to watch what a run does by a budget, until ended is closed: an evaluation,
// its clean-up, or a background task; they count together. release ends that, and with
// the last of all runs the goroutine.
func (w *memoryWatch) watch(r *run, budget *vm.Budget, ended <-chan struct{}) (release func()) {
	if r.limits.Memory == 0 {
		return func() {}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.runs) == 0 {
		w.runs = map[*run]*memoryUse{}
		w.heap = memoryBytes()
		w.base, w.left = w.heap, 0
		w.ticker = &watchTicker{stop: make(chan struct{}), stopped: make(chan struct{})}
		go w.tick(w.ticker)
	} else {
		w.attribute(memoryBytes())
	}
	use := w.runs[r]
	if use == nil {
		use = &memoryUse{budgets: map[*vm.Budget]*budgetUse{}, measured: w.heap}
		w.runs[r] = use
	}
	use.budgets[budget] = &budgetUse{ended: ended, charged: budget.Charged()}
	return func() { w.release(r, budget) }
}

func (w *memoryWatch) release(r *run, budget *vm.Budget) {
	w.mu.Lock()
	use := w.runs[r]
	delete(use.budgets, budget)
	if len(use.budgets) == 0 {
		w.left += use.bytes
		delete(w.runs, r)
	}
	ticker, last := w.ticker, len(w.runs) == 0
	if last {
		close(ticker.stop)
	}
	w.mu.Unlock()
	if last {
		<-ticker.stopped
	}
}

// allow lets a run that is watched take more than its limit: for its clean-up.
func (w *memoryWatch) allow(r *run, extra int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if use := w.runs[r]; use != nil {
		use.extra = extra
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

// look attributes what has changed since the last look, and has the runs that may
// be beyond their limits inspected at their next step. One that has been stopped takes no
// more steps; what thousands of tasks leave behind on their way out is collected.
func (w *memoryWatch) look() {
	w.looked.Store(int64(time.Since(lookEpoch)))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attribute(memoryBytes())
	for r, use := range w.runs {
		if !w.suspects(r, 0) {
			continue
		}
		for budget, of := range use.budgets {
			budget.Interrupt()
			select {
			case <-of.ended:
				w.collection()
			default:
			}
		}
	}
}

// lookIfLate looks if the watch's goroutine is late.
func (w *memoryWatch) lookIfLate() {
	if time.Since(lookEpoch)-time.Duration(w.looked.Load()) > watchPatience {
		w.look()
	}
}

// inspect decides, on the goroutine that executes the Lua of one of a run's tasks, whether
// the task may go on and allocate so many bytes more. If not, all that goes on with the
// task ends. The error is an *Error.
func (w *memoryWatch) inspect(t *task, asked int64) error {
	r := t.run
	base, ctx := t.whole()
	if !w.isBeyond(ctx, r, asked, func() bool { return w.measuredBeyond(ctx, r, asked) }) {
		return nil
	}
	if ctx.Err() != nil {
		return r.reason(base, ctx)
	}
	e := r.memoryHit()
	t.cancelAll(e)
	return e
}

// memoryHit is the error of a run that holds on to more than it may.
func (r *run) memoryHit() *Error {
	return r.limits.hit("memory", "the run takes more than its %s of memory", sizeText(r.limits.Memory))
}

// isBeyond reports whether a run is beyond its limit with so many bytes more, or ctx
// ended before that was known. What decides where it is not the only run is measured.
func (w *memoryWatch) isBeyond(ctx context.Context, r *run, asked int64, measured func() bool) bool {
	suspect, alone := w.examine(r, asked)
	if !suspect || !alone && !measured() {
		return false
	}
	w.collect(ctx)
	if ctx.Err() != nil {
		return true
	}
	if alone {
		suspect, _ = w.examine(r, asked)
		return suspect
	}
	return measured() // coroutines may have been collected
}

// memoryUsed is what was put down to the run when the watch looked now; 0 without a limit
// of memory.
func (r *run) memoryUsed() int64 {
	if r.limits.Memory == 0 {
		return 0
	}
	w := &r.rt.memory
	w.mu.Lock()
	defer w.mu.Unlock()
	use := w.runs[r]
	w.attribute(memoryBytes())
	return int64(use.bytes)
}

// examine reports whether a run may be beyond its limit, and whether it is the only
// one.
func (w *memoryWatch) examine(r *run, asked int64) (suspect, alone bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attribute(memoryBytes())
	return w.runs[r] != nil && w.suspects(r, asked), len(w.runs) == 1
}

// measuredBeyond adds up what a run's values take and reports whether it is beyond its
// limit.
func (w *memoryWatch) measuredBeyond(ctx context.Context, r *run, asked int64) bool {
	m := r.measure(ctx, r.limits.Memory+memorySlack+cleanupMemory)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attribute(memoryBytes())
	w.settle(r, m)
	return w.runs[r].beyond(r, asked)
}

// suspects reports whether a run may be beyond its limit, with so many bytes more: if
// what is put down to it is, or if what is put down to all that execute is, and the
// heap has grown by half since the run was measured.
func (w *memoryWatch) suspects(r *run, more int64) bool {
	use := w.runs[r]
	if use.beyond(r, more) {
		return true
	}
	together := memoryUse{extra: use.extra}
	for r, use := range w.runs {
		if r.isBusy() {
			together.bytes += use.bytes
		}
	}
	return together.beyond(r, more) && w.heap-use.measured > max(r.limits.Memory, use.measured-w.base)/2
}

// beyond reports whether a run takes more than it may, with so many bytes more.
func (u *memoryUse) beyond(r *run, more int64) bool {
	return u.bytes+float64(more) > float64(r.limits.Memory+memorySlack+u.extra)
}

// settle puts down to a run what it was measured to take: at least that much, if the
// measurement is not sure. The difference is the others', in proportion to what they
// were charged since they were measured, and nobody's if they all were just now: it is
// garbage then.
func (w *memoryWatch) settle(r *run, m measurement) {
	use := w.runs[r]
	use.measured = w.heap
	difference := use.bytes - float64(m.bytes)
	if m.sure {
		use.unmeasured = 0
	} else if difference > 0 {
		return
	}
	use.bytes -= difference
	if !w.share(difference, func(u *memoryUse) float64 { return u.unmeasured }) {
		w.base += int64(difference)
	}
}

// collect waits for a garbage collection that has not begun yet, or for ctx. All
// who wait share one.
func (w *memoryWatch) collect(ctx context.Context) {
	w.mu.Lock()
	done := w.collection()
	w.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// collection has a garbage collection begin soon; what it returns is closed afterwards.
func (w *memoryWatch) collection() <-chan struct{} {
	if w.next == nil {
		w.next = make(chan struct{})
	}
	if !w.collecting {
		w.collecting = true
		go w.collections()
	}
	return w.next
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

// attribute puts the difference between the heap and what it was down to the runs.
func (w *memoryWatch) attribute(heap int64) {
	difference := float64(heap - w.heap)
	w.heap = heap
	for _, use := range w.runs {
		use.recent = 0
		for budget, of := range use.budgets {
			charged := budget.Charged()
			use.recent += float64(charged - of.charged)
			of.charged = charged
		}
		use.unmeasured += use.recent
	}
	if difference < 0 {
		w.shrink(-difference)
		return
	}
	recent := func(u *memoryUse) float64 { return u.recent }
	if w.share(difference, recent) {
		return
	}
	for r, use := range w.runs {
		if r.isBusy() {
			use.recent = 1
		}
	}
	if !w.share(difference, recent) {
		w.base += int64(difference)
	}
}

// isBusy reports whether a run may be taking memory: it executes Lua, or its calls hold some.
func (r *run) isBusy() bool { return r.baton.isHeld() || r.held.Load() > 0 }

// share puts bytes down to the runs in proportion to their weights. It reports
// whether any has one.
func (w *memoryWatch) share(bytes float64, weight func(*memoryUse) float64) bool {
	total := 0.0
	for _, use := range w.runs {
		total += weight(use)
	}
	if total == 0 {
		return false
	}
	for _, use := range w.runs {
		use.bytes = max(0, use.bytes+bytes*weight(use)/total)
	}
	return true
}

// shrink puts collected bytes down to the runs that have ended, and then to the
// others in proportion to what is put down to them.
func (w *memoryWatch) shrink(bytes float64) {
	w.base = min(w.base, w.heap)
	ended := min(w.left, bytes)
	w.left -= ended
	bytes -= ended
	total := 0.0
	for _, use := range w.runs {
		total += use.bytes
	}
	for _, use := range w.runs {
		use.measured = min(use.measured, w.heap)
		if total > 0 {
			use.bytes = max(0, use.bytes-bytes*use.bytes/total)
		}
	}
}

// memoryBytes reads the size of all objects in the heap, garbage included, and of the
// stacks of goroutines; it costs about half a microsecond.
func memoryBytes() int64 {
	sample := [2]metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(sample[:])
	return int64(sample[0].Value.Uint64() + sample[1].Value.Uint64())
}
