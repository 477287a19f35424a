package vm

import (
	"fmt"
	"runtime/debug"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// raised is an error on its way up, or the one that was caught last.
type raised struct {
	value   lua.LValue
	sites   []site  // innermost first
	catcher *Thread // the thread whose pcall, resume or Go function caught it
	cause   error   // a *PanicError
	absence *Absence
}

// ending is the value of the userdata that carries a run's end up the stack.
type ending struct{ cause error }

// end is the value that a run's end is raised with. What carries one already is passed
// on as it is, so that the place where the run ended stays in front.
func end(value lua.LValue, cause error) lua.LValue {
	if ud, ok := value.(*lua.LUserData); ok {
		if _, ok := ud.Value.(ending); ok {
			return value
		}
	}
	return &lua.LUserData{Value: ending{cause}, Metatable: lua.LNil}
}

// raise is the Panic hook of every thread: gopher-lua calls it with the error's
// value on top of a stack that is still whole.
func (s *State) raise(L *lua.LState) {
	t := Of(L)
	r := &raised{value: L.Get(-1)}
	if cause := t.Budget.Cause(); cause != nil {
		r.value = end(r.value, cause)
	} else if msg, ok := r.value.(lua.LString); ok {
		text := reword(L, string(msg))
		r.value, r.absence = lua.LString(text), absence(L, text)
	}
	r.sites = sites(L, nil)
	// The same value raised again by the thread that caught it is a rethrow: the
	// place where it was raised first stays in front.
	if old := s.raised; old != nil && old.catcher == t && Same(old.value, r.value) {
		r.sites, r.absence = sites(L, old.sites), old.absence
	}
	s.raised = r
	panic(&lua.ApiError{Type: lua.ApiErrorRun, Object: r.value, StackTrace: " "}) // a stack trace of its own would take quadratic time
}

// Same reports whether two values are one, also of strings: an equal text that
// was written somewhere else is another error.
func Same(a, b lua.LValue) bool {
	s, ok1 := a.(lua.LString)
	t, ok2 := b.(lua.LString)
	return a == b && (!ok1 || !ok2 || unsafe.StringData(string(s)) == unsafe.StringData(string(t)))
}

// run calls the function that lies below nargs arguments on t's stack. After an
// error t must not be used again: its frames are still there, and captured
// locals may live in them.
func (t *Thread) run(nargs int) (r *raised) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *lua.ApiError:
			r = t.state.raised
			if r == nil || r.value != p.Object { // raised past the hook
				r = &raised{value: p.Object}
			}
		default:
			r = t.panicked(p)
		}
	}()
	if fn := t.L.Get(-nargs - 1); !callable(t.L, fn) {
		t.L.Error(lua.LString("attempt to call a "+typeName(fn)+" value"), 0)
	}
	t.L.Call(nargs, lua.MultRet)
	return nil
}

func callable(L *lua.LState, v lua.LValue) bool {
	if _, ok := v.(*lua.LFunction); ok {
		return true
	}
	_, ok := L.GetMetaField(v, "__call").(*lua.LFunction)
	return ok
}

// stackFull is gopher-lua's Go panic for a full call stack.
const stackFull = "lua callstack overflow"

// position is where a Lua frame is as `chunk:line: `; one that has not begun is
// where its function is defined.
func position(f *callFrame) string {
	if f == nil || f.Fn.IsG || isPrologue(f.Fn.Proto) {
		return ""
	}
	p := f.Fn.Proto
	if f.Pc == 0 {
		return fmt.Sprintf("%s:%d: ", p.SourceName, p.LineDefined)
	}
	return fmt.Sprintf("%s:%d: ", p.SourceName, p.DbgSourcePositions[f.Pc-1])
}

// isNegativeIndex recognizes gopher-lua's Go panic for a full value stack: it
// looks for the line of a frame that has not begun.
func isNegativeIndex(p any) bool {
	return fmt.Sprint(p) == "runtime error: index out of range [-1]"
}

// IsOverflow reports whether a Go panic says that L's stack is full: that is the script's
// doing. A Go function that recovers from what it calls must panic with it again.
func IsOverflow(L *lua.LState, p any) bool {
	f := topFrame(L)
	return p == stackFull || isNegativeIndex(p) && f != nil && !f.Fn.IsG && f.Pc == 0
}

// panicked turns a Go panic into an error. A full call stack is an ordinary
// one, unless the budget bounds it; anything else ends the run and spoils the
// state, because nobody knows what was left half done.
func (t *Thread) panicked(p any) *raised {
	r := &raised{sites: sites(t.L, nil)}
	switch {
	case p == stackFull && t.bounded:
		r = t.stop(ErrDepth)
	case IsOverflow(t.L, p):
		r.value = lua.LString(position(topFrame(t.L)) + "stack overflow")
	default:
		r.cause = &PanicError{Value: p, Stack: debug.Stack()}
		t.state.broken = true
		t.Budget.Stop(r.cause)
		r.value = end(nil, r.cause)
	}
	t.state.raised = r
	return r
}

// rethrow raises in t's own frames what was caught from a thread above it.
func (t *Thread) rethrow(r *raised) {
	r.catcher = t
	t.L.Error(r.value, 0)
}

// start takes a thread for a call from t.
func (t *Thread) start(kind threadKind) *Thread {
	th := t.state.thread(kind, t)
	th.depth = t.below()
	th.bound()
	return th
}
