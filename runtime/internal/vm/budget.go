package vm

import (
	"errors"
	"fmt"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"
)

// ErrSteps is the cause when a run has used up its steps.
var ErrSteps = errors.New("the script ran too many instructions")

// An AllocError is the cause when one operation asks for more memory than the
// budget allows at once.
type AllocError struct {
	Bytes int64 // asked for
	Limit int64 // BudgetOptions.MaxAlloc
}

func (e *AllocError) Error() string {
	return fmt.Sprintf("one operation needs %d bytes of memory at once, more than the limit of %d", e.Bytes, e.Limit)
}

// BudgetOptions bound a budget; the zero value bounds nothing.
type BudgetOptions struct {
	// Steps is how many VM instructions may run, including work that library
	// functions charge. 0 means no limit.
	Steps int64

	// MaxAlloc is the most bytes that one library call or `..` may reserve.
	// 0 means no limit.
	MaxAlloc int64

	// Depth is how deep calls may nest, of Lua and Go functions, through protected
	// calls and coroutines; up to seven more are let through. 0 means no limit but
	// the state's, which raise errors that Lua can catch.
	Depth int

	// Inspect is called when at least ReserveStep bytes were reserved since it
	// was last called, with the bytes that are about to be allocated now, and with
	// 0 at the step after Interrupt. It runs on the goroutine that holds the state
	// and may wait; an error ends the run with that cause.
	Inspect     func(asked int64) error
	ReserveStep int64

	// Window, if there is one, is called every 2,048 steps on the goroutine that holds
	// the state, however busy the machine is: for what a host looks at now and then.
	Window func()
}

const (
	// window is how many steps pass between two looks at anything that is not in
	// the counter itself. It bounds nothing by itself: Stop is seen at the next step.
	window = 1 << 11

	// stepBytes is about what an instruction of a loop that fills a table allocates.
	stepBytes = 32
)

// A Budget counts what a run uses and ends it. One budget serves all threads of
// a run. Only Stop, Cause, Interrupt, Charged and Note may be called without
// holding the state.
type Budget struct {
	left     int64 // steps until look has to refill
	granted  int64 // steps handed out to left so far
	reserved int64 // bytes since the last Inspect
	opts     BudgetOptions

	charged atomic.Int64 // see Charged

	alert atomic.Bool // that look has something to see: a cause, or Interrupt
	cause atomic.Pointer[error]
}

// NewBudget makes a budget with nothing used.
func NewBudget(opts BudgetOptions) *Budget {
	b := &Budget{opts: opts}
	b.refill()
	return b
}

// Stop ends the run at its next step, for good: no pcall and no coroutine of
// the script holds it up. The first cause wins. Safe from any goroutine.
func (b *Budget) Stop(cause error) {
	if b.cause.CompareAndSwap(nil, &cause) {
		b.alert.Store(true)
	}
}

// Explain puts a cause that tells more, such as where it was, in the place of the one
// that stopped the budget, unless that is another one by now.
func (b *Budget) Explain(cause, more error) {
	if p := b.cause.Load(); p != nil && *p == cause {
		b.cause.CompareAndSwap(p, &more)
	}
}

// Interrupt has Inspect called at the run's next step. Safe from any goroutine.
func (b *Budget) Interrupt() { b.alert.Store(true) }

// Cause is why the run was stopped, or nil.
func (b *Budget) Cause() error {
	if p := b.cause.Load(); p != nil {
		return *p
	}
	return nil
}

// Steps is how many steps were used.
func (b *Budget) Steps() int64 { return b.granted - b.left }

// Limit is BudgetOptions.Steps.
func (b *Budget) Limit() int64 { return b.opts.Steps }

// Charged is about how many bytes the run may have allocated so far, garbage
// included: what was reserved, and something for each step. Runs are compared by
// it. It lags by a window of steps and ReserveStep bytes. Safe from any goroutine.
func (b *Budget) Charged() int64 { return b.charged.Load() }

// Note adds bytes to Charged that the run takes elsewhere than in Lua. Safe from any
// goroutine.
func (b *Budget) Note(bytes int64) { b.charged.Add(bytes) }

// Reserve is called before an allocation of n bytes by a host that holds the state while
// nothing runs on the budget's threads. It reports whether the run may go on.
func (b *Budget) Reserve(n int64) bool { return b.account(n) && b.Cause() == nil }

// Remaining is how many steps are left, or -1 without a limit.
func (b *Budget) Remaining() int64 {
	if b.opts.Steps == 0 {
		return -1
	}
	return max(b.opts.Steps-b.Steps(), 0)
}

// Allow runs f with a fresh allowance of steps although the budget may be
// stopped: for a script's own clean-up after a limit was hit. What f uses is not
// counted, and the budget is as it was before when Allow returns, unless a Stop
// during f hit a budget that was not stopped.
func (b *Budget) Allow(steps int64, f func()) {
	left, granted, limit := b.left, b.granted, b.opts.Steps
	old := b.cause.Swap(nil)
	b.alert.Store(false)
	b.left, b.granted, b.opts.Steps = 0, 0, max(steps, 1)
	b.refill()
	defer func() {
		b.left, b.granted, b.opts.Steps = left, granted, limit
		if old != nil {
			b.cause.Store(old)
		} else if p := b.cause.Load(); p != nil && errors.Is(*p, ErrSteps) {
			b.cause.Store(nil)
		}
		b.alert.Store(b.cause.Load() != nil)
	}()
	f()
}

// charge uses n steps and reports whether the run may go on.
func (b *Budget) charge(n int64) bool {
	b.left -= n
	if b.left > 0 && !b.alert.Load() {
		return true
	}
	return b.look()
}

// reserve notes that n bytes are about to be allocated and reports whether the
// run may go on. Bytes cost steps too, so that a loop that only copies stops.
func (b *Budget) reserve(n int64) bool { return b.account(n) && b.charge(n>>6) }

// account is reserve without the steps.
func (b *Budget) account(n int64) bool {
	if b.opts.MaxAlloc > 0 && n > b.opts.MaxAlloc {
		b.Stop(&AllocError{Bytes: n, Limit: b.opts.MaxAlloc})
		return false
	}
	b.reserved += n
	return b.reserved < b.opts.ReserveStep || b.inspect(n)
}

// inspect lets the host look before n bytes are allocated.
func (b *Budget) inspect(n int64) bool {
	b.charged.Add(b.reserved)
	b.reserved = 0
	if b.opts.Inspect == nil {
		return true
	}
	if err := b.opts.Inspect(n); err != nil {
		b.Stop(err)
		return false
	}
	return true
}

// look is the slow half of counting a step.
func (b *Budget) look() bool {
	if b.alert.Swap(false) {
		if b.cause.Load() != nil || !b.inspect(0) {
			b.alert.Store(true) // for good
			return false
		}
	}
	if b.left <= 0 && b.opts.Window != nil {
		b.opts.Window()
	}
	b.refill()
	if b.left <= 0 {
		b.Stop(ErrSteps)
		return false
	}
	return true
}

func (b *Budget) refill() {
	for b.left <= 0 {
		grant := int64(window) - b.left
		if b.opts.Steps > 0 {
			grant = min(grant, b.opts.Steps-b.granted)
			if grant <= 0 {
				return
			}
		}
		b.left += grant
		b.granted += grant
		b.charged.Add(grant * stepBytes)
		if b.opts.Steps > 0 && b.granted == b.opts.Steps {
			return
		}
	}
}

// Charge uses n steps of the budget of the thread that runs in L, for library
// functions whose work depends on their input. It raises the run's end in L, so
// it may not return.
func Charge(L *lua.LState, n int64) {
	if t := Of(L); t != nil && !t.Budget.charge(n) {
		t.end()
	}
}

// Reserve is called before an allocation of n bytes that depends on input. It
// raises the run's end in L when the budget does not allow it.
func Reserve(L *lua.LState, n int64) {
	if t := Of(L); t != nil && !t.Budget.reserve(n) {
		t.end()
	}
}

// Fatal stops the run with a cause that the script cannot catch, and raises it
// in L at once.
func Fatal(L *lua.LState, cause error) {
	t := Of(L)
	if t == nil {
		L.Error(lua.LString(cause.Error()), 0)
		return
	}
	t.Budget.Stop(cause)
	t.end()
}
