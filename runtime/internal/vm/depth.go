package vm

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// ErrDepth is the cause when calls nest deeper than the budget allows.
var ErrDepth = errors.New("calls nest too deep")

// below is how many call frames lie on t and on the threads below it.
func (t *Thread) below() int { return t.depth + framesOn(t.L) }

// framesOn is how many call frames lie on L's own stack.
func framesOn(L *lua.LState) int {
	if f := topFrame(L); f != nil {
		return f.Idx + 1
	}
	return 0
}

// Depth is how deep the calls of the Go function that runs in L nest: the frames of Lua
// and Go functions below it, on all threads that wait for this one.
func Depth(L *lua.LState) int {
	if t := Of(L); t != nil {
		return t.below() - 1
	}
	return 0
}

// bound makes t's stack end where its budget's depth ends. It costs no instruction
// anything: the interpreter asks for room when a segment of frames is full, and here
// there are fewer of them. So the last segment may hold up to seven frames too many.
func (t *Thread) bound() {
	limit := t.Budget.opts.Depth
	if limit == 0 && !t.bounded {
		return
	}
	stack := (*frameStackLayout)(framesOf(t.L).data)
	t.bounded = false
	segments := cap(stack.segments)
	if limit > 0 {
		const size = lua.FramesPerSegment
		room := (limit - t.depth + size - 1) / size // tooDeep has seen to it that what lies on t has room
		if room <= segments {
			segments, t.bounded = room, true
		}
	}
	stack.segments = stack.segments[:segments]
}

// tooDeep is why t may not start another protected call or coroutine, on which so many
// frames lie already; nil if it may. A few levels are free; beyond them the frames below
// are counted, because all the threads' Go frames lie on one Go stack. A budget with a
// depth of its own counts them all, and ends the run.
func (t *Thread) tooDeep(frames int) *raised {
	switch limit := t.Budget.opts.Depth; {
	case limit > 0 && t.below()+frames >= limit:
		return t.stop(ErrDepth)
	case t.nest >= t.state.opts.Nesting:
		return &raised{value: lua.LString("stack overflow (too many pcalls or coroutines inside one another)")}
	case t.nest >= 4 && t.below() > t.state.opts.CallDepth:
		return &raised{value: lua.LString("stack overflow")}
	}
	return nil
}

// stop ends the run from where t is. The result is for raising.
func (t *Thread) stop(cause error) *raised {
	t.Budget.Stop(cause)
	return &raised{value: end(nil, t.Budget.Cause()), sites: sites(t.L, nil)}
}
