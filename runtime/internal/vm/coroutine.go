package vm

import (
	"sync"

	lua "github.com/yuin/gopher-lua"
)

type coStatus uint8

const (
	coSuspended coStatus = iota
	coActive             // running, or it resumed another one that runs
	coDead
)

// prologue is the lowest frame of every coroutine: it takes the place of
// gopher-lua's Panic hook, and its call of finish notes how many results there
// are, which LState.Resume does not tell.
var prologue = sync.OnceValue(func() *lua.FunctionProto {
	return mustCompile(prologueName, `return function(arm, finish, body, ...) arm() return finish(body(...)) end`)
})

// prologueName is the name of the chunk that holds the prologue, which no
// position shows.
const prologueName = "[coroutine]"

func isPrologue(p *lua.FunctionProto) bool { return p != nil && p.SourceName == prologueName }

// yieldProto is coroutine.yield as Lua sees it. The call inside it asks for any
// number of values, so the values of the next resume arrive as they are, and it
// is not a tail call, which gopher-lua would take for the coroutine's end.
var yieldProto = sync.OnceValue(func() *lua.FunctionProto {
	return mustCompile("[yield]", `local pass, switch return function(...) return pass(switch(...)) end`)
})

// mustCompile compiles a chunk of this package and returns its only function.
func mustCompile(name, src string) *lua.FunctionProto {
	p, err := Compile(name, []byte(src), CompileOptions{})
	if err != nil {
		panic(err)
	}
	return p.fn.FunctionPrototypes[0]
}

func coArm(L *lua.LState) int {
	t := Of(L)
	L.Panic, t.body = t.state.raiser, nil
	return 0
}

func coFinish(L *lua.LState) int {
	t := Of(L)
	t.passed = L.GetTop()
	return t.passed
}

func coPass(L *lua.LState) int { return L.GetTop() }

// coSwitch leaves the coroutine with the values on the stack.
func coSwitch(L *lua.LState) int {
	t := Of(L)
	if t.kind != coroutineThread || !yieldable(L) {
		msg := "attempt to yield across a pcall, metamethod or host function"
		if t.coroutine() == nil {
			msg = "attempt to yield from outside a coroutine"
		}
		L.Error(lua.LString(where(t, 2)+msg), 0)
	}
	t.passed = L.GetTop()
	return -1
}

// yieldable reports that every frame was called by an instruction that the
// interpreter can go on from: no Go function, metamethod or iterator between.
func yieldable(L *lua.LState) bool {
	for f := topFrame(L).Parent; f != nil; f = f.Parent {
		if f.Fn.IsG || f.Pc == 0 {
			return false
		}
		if op := opOf(f.Fn.Proto.Code[f.Pc-1]); op != lua.OP_CALL && op != lua.OP_TAILCALL {
			return false
		}
	}
	return true
}

// coroutine is the innermost coroutine that t belongs to, or nil.
func (t *Thread) coroutine() *Thread {
	for ; t != nil; t = t.parent {
		if t.kind == coroutineThread {
			return t
		}
	}
	return nil
}

// statusOf is a coroutine's status as t sees it.
func (t *Thread) statusOf(co *Thread) string {
	switch {
	case co.status == coDead:
		return "dead"
	case co.status == coSuspended:
		return "suspended"
	case t.coroutine() == co:
		return "running"
	}
	return "normal"
}

const (
	threadSize  = 8 << 10 // about how many bytes a thread takes
	threadSteps = 100     // and how many steps, beside those of its memory: 3 to 5 µs together
)

// newCoroutine makes a suspended coroutine.
func (t *Thread) newCoroutine(body *lua.LFunction) *Thread {
	Reserve(t.L, threadSize)
	Charge(t.L, threadSteps)
	co := t.state.newThread()
	co.kind, co.body, co.Budget, co.Host = coroutineThread, body, t.Budget, t.Host
	return co
}

// resume goes on with co. The values are what it yielded or returned.
func (t *Thread) resume(co *Thread, args []lua.LValue) ([]lua.LValue, *raised) {
	if co.status != coSuspended {
		return nil, &raised{value: lua.LString("cannot resume " + t.statusOf(co) + " coroutine")}
	}
	if r := t.tooDeep(framesOn(co.L)); r != nil {
		if t.Budget.Cause() != nil {
			t.rethrow(r)
		}
		return nil, r
	}
	s := t.state
	co.parent, co.status, co.nest = t, coActive, t.nest+1
	co.depth = t.below()
	co.Budget, co.Host = t.Budget, t.Host
	co.bound()
	s.main.G.CurrentThread = s.main // Resume refuses the thread that it takes for the running one
	var fn *lua.LFunction
	if co.body != nil {
		fn = s.main.NewFunctionFromProto(prologue())
		args = append([]lua.LValue{s.coArm, s.coFinish, co.body}, args...)
	}
	before := s.raised
	result, err, values := t.L.Resume(co.L, fn, args...)
	co.parent = nil
	if result == lua.ResumeError {
		co.status = coDead
		r := s.raised
		if r == before { // it did not pass the hook
			r = co.lost(err)
		}
		r.catcher = t
		if t.Budget.Cause() != nil {
			t.rethrow(r)
		}
		return nil, r
	}
	co.status = coSuspended
	if result == lua.ResumeOK {
		co.status = coDead
	}
	return values[:min(co.passed, len(values))], nil // Resume makes one nil of no values
}

// lost is what ended a coroutine without passing the hook: the run's end in the
// prologue, before the hook is set, or a Go panic, of which gopher-lua keeps the text.
func (t *Thread) lost(err error) *raised {
	if cause := t.Budget.Cause(); cause != nil && t.body != nil {
		return t.stop(cause)
	}
	if api, ok := err.(*lua.ApiError); ok && (api.Object == lua.LString(stackFull) || isNegativeIndex(api.Object)) {
		return t.panicked(stackFull)
	}
	return t.panicked(err.Error())
}

func arguments(L *lua.LState, from int) []lua.LValue {
	n := L.GetTop() - from + 1
	if n <= 0 {
		return nil
	}
	reserveValues(L, n)
	args := make([]lua.LValue, n)
	for i := range args {
		args[i] = L.Get(from + i)
	}
	return args
}

func coCreate(L *lua.LState) int {
	L.Push(Of(L).newCoroutine(checkFunction(L, 1, "create")).L)
	return 1
}

func coResume(L *lua.LState) int {
	co := checkCoroutine(L, 1, "resume")
	values, r := Of(L).resume(co, arguments(L, 2))
	if r != nil {
		L.Push(lua.LFalse)
		L.Push(r.value)
		return 2
	}
	L.Push(lua.LTrue)
	for _, v := range values {
		L.Push(v)
	}
	return 1 + len(values)
}

// coWrap returns a function that resumes the coroutine and raises its errors.
func coWrap(L *lua.LState) int {
	co := Of(L).newCoroutine(checkFunction(L, 1, "wrap"))
	L.Push(L.NewFunction(func(L *lua.LState) int {
		t := Of(L)
		values, r := t.resume(co, arguments(L, 1))
		if r != nil {
			if msg, ok := r.value.(lua.LString); ok && r.sites == nil {
				r.value = lua.LString(where(t, 1)) + msg
			}
			t.state.raised = r
			t.rethrow(r)
		}
		for _, v := range values {
			L.Push(v)
		}
		return len(values)
	}))
	return 1
}

func coRunning(L *lua.LState) int {
	if co := Of(L).coroutine(); co != nil {
		L.Push(co.L)
		return 1
	}
	L.Push(lua.LNil)
	return 1
}

func coStatusOf(L *lua.LState) int {
	L.Push(lua.LString(Of(L).statusOf(checkCoroutine(L, 1, "status"))))
	return 1
}
