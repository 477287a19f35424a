package vm

import (
	"time"

	lua "github.com/yuin/gopher-lua"
)

type threadKind uint8

const (
	callThread      threadKind = iota // a host's call into Lua
	appliedThread                     // one by Thread.Apply
	pcallThread                       // the protected part of pcall or xpcall
	coroutineThread                   // a coroutine's body
)

// A Thread is one Lua stack together with what the host knows about it. Every
// protected call, every coroutine and every task of the host has its own, so an
// error closes the captured locals of the frames that it ends and of no others.
//
// A Thread is also the context.Context that the interpreter polls before each
// instruction. Its Done counts the step; it is not for waiting on.
type Thread struct {
	// L is the interpreter's thread.
	L *lua.LState

	// Budget is what the thread's steps count against.
	Budget *Budget

	// Host is the host's own data, handed down to every thread that this one
	// starts: the task, for instance.
	Host any

	frame *(*callFrame) // where L keeps the frame that it executes
	stack *[]lua.LValue // and what lies on its stack

	state   *State
	parent  *Thread // who called, protected or resumed this thread
	kind    threadKind
	status  coStatus
	nest    int            // protected calls and coroutines below this one
	depth   int            // call frames on the threads below, as far as they were counted
	bounded bool           // its stack has less room than others, because of its budget
	handled *raised        // the error that the handler of its xpcall is looking at
	body    *lua.LFunction // of a coroutine whose prologue has not called arm yet
	passed  int            // how many values a coroutine yielded or returned last
}

// Of is the Thread that runs in L, or nil when L is not one of a State's
// threads (the main state, on which nothing runs).
func Of(L *lua.LState) *Thread {
	ctx := L.Context()
	if ctx == nil {
		return nil
	}
	t, _ := ctx.(*Thread)
	if t == nil {
		t, _ = ctx.Value(threadKey{}).(*Thread)
	}
	return t
}

// State is the state that the thread belongs to.
func (t *Thread) State() *State { return t.state }

// Parent is the thread that called, protected or resumed this one, or nil.
func (t *Thread) Parent() *Thread { return t.parent }

type threadKey struct{}

// Done counts one step. It returns nil while the run may go on and a closed
// channel when it has to end.
func (t *Thread) Done() <-chan struct{} {
	b := t.Budget
	b.left--
	if (b.left > 0 && !b.alert.Load() || b.look()) && (!(*t.frame).isStore() || t.store(*t.frame)) {
		return nil
	}
	return closed
}

// Err is why the run has to end; nil while it may go on.
func (t *Thread) Err() error { return t.Budget.Cause() }

// Deadline reports none: a host's deadline stops the budget.
func (t *Thread) Deadline() (time.Time, bool) { return time.Time{}, false }

// Value holds the thread itself, for contexts derived from it.
func (t *Thread) Value(key any) any {
	if _, ok := key.(threadKey); ok {
		return t
	}
	return nil
}

var closed = func() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// end raises the run's end in t.
func (t *Thread) end() {
	t.L.Error(lua.LNil, 0) // raise puts the run's end in its place
}

const (
	poolSize  = 64      // how many idle threads a state keeps
	poolSlots = 1 << 10 // and how many values their stacks have room for, at most
)

// thread takes an idle thread or makes one, with its parent's budget and host.
func (s *State) thread(kind threadKind, parent *Thread) *Thread {
	var t *Thread
	if n := len(s.idle); n > 0 {
		t = s.idle[n-1]
		s.idle[n-1] = nil
		s.idle = s.idle[:n-1]
	} else {
		t = s.newThread()
	}
	t.kind, t.parent = kind, parent
	t.L.Env = s.main.Env // the host may have changed it since
	if parent != nil {
		t.Budget, t.Host = parent.Budget, parent.Host
		t.nest, t.depth = parent.nest+1, parent.depth
	}
	return t
}

func (s *State) newThread() *Thread {
	L := s.newLuaThread()
	t := &Thread{L: L, state: s, frame: frameOf(L), stack: stackOf(L)}
	s.note(t)
	L.Panic = s.raiser
	L.SetContext(t)
	if c := s.opts.Coverage; c != nil {
		L.SetContext(&countedThread{Thread: t, coverage: c})
	}
	return t
}

// release gives back a thread whose stack is empty.
func (s *State) release(t *Thread) {
	t.parent, t.Budget, t.Host, t.nest, t.depth = nil, nil, nil, 0, 0
	if len(s.idle) < poolSize && stackSize(t.L) <= poolSlots {
		s.idle = append(s.idle, t)
	}
}
