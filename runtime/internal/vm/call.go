package vm

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// CallOptions shape State.Call; the zero value is the default.
type CallOptions struct {
	// Budget is what the call's steps count against. Without one nothing bounds
	// the call.
	Budget *Budget

	// Host is handed to every thread of the call as Thread.Host.
	Host any

	// Parent is the thread whose Go function makes the call, if one does: its
	// frames are then below the call's, and count against the limits of depth.
	Parent *Thread
}

// Call runs a Lua value as a function on a thread of its own and returns its
// results. The error is an *Error; a script cannot raise one that escapes.
// A state through which a Go panic went answers every further call with an
// error; see Broken.
func (s *State) Call(opts CallOptions, fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	if s.broken {
		return nil, &Error{Message: errBroken.Error(), Cause: errBroken}
	}
	var t *Thread
	if p := opts.Parent; p != nil {
		if r := p.tooDeep(0); r != nil {
			return nil, r.error()
		}
		t = p.start(callThread)
	} else {
		t = s.thread(callThread, nil)
	}
	t.Budget, t.Host = opts.Budget, opts.Host
	if t.Budget == nil {
		t.Budget = NewBudget(BudgetOptions{})
	}
	t.bound()
	return t.call(fn, args)
}

// Call runs a Lua value as a function from inside a Go function that t runs.
// Every Go function that calls back into Lua and goes on after an error has to
// use it. Pass an error that should go on up to Rethrow.
func (t *Thread) Call(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	return t.callOn(callThread, fn, args)
}

// Apply is Call from a Go function that bears it if its goroutine ends meanwhile: see
// Leaving.
func (t *Thread) Apply(fn lua.LValue, args ...lua.LValue) ([]lua.LValue, error) {
	return t.callOn(appliedThread, fn, args)
}

func (t *Thread) callOn(kind threadKind, fn lua.LValue, args []lua.LValue) ([]lua.LValue, error) {
	if r := t.tooDeep(0); r != nil {
		return nil, r.error()
	}
	th := t.start(kind)
	results, err := th.call(fn, args)
	if err != nil && t.state.raised != nil {
		t.state.raised.catcher = t
	}
	return results, err
}

// Rethrow raises an error of Call in t's own frames. It does not return.
func (t *Thread) Rethrow(err error) {
	var e *Error
	if errors.As(err, &e) && e.Value != nil {
		t.L.Error(e.Value, 0)
	}
	t.L.Error(lua.LString(err.Error()), 0)
}

func (t *Thread) call(fn lua.LValue, args []lua.LValue) ([]lua.LValue, error) {
	t.L.Push(fn)
	for _, arg := range args {
		t.L.Push(arg)
	}
	if r := t.run(len(args)); r != nil {
		return nil, r.error()
	}
	results := make([]lua.LValue, t.L.GetTop())
	for i := range results {
		results[i] = t.L.Get(i + 1)
	}
	t.L.SetTop(0)
	t.state.release(t)
	return results, nil
}

// error is r as the host sees it.
func (r *raised) error() *Error {
	e := &Error{Frames: frames(r.sites), Absence: r.absence, Cause: r.cause}
	ud, _ := r.value.(*lua.LUserData)
	if ud != nil {
		if end, ok := ud.Value.(ending); ok {
			e.Cause, e.Message = end.cause, end.cause.Error()
			return e
		}
		if err, ok := ud.Value.(error); ok {
			e.Cause = err
		}
	}
	e.Value, e.Message = r.value, messageOf(r.value)
	return e
}
