package runtime

import (
	"errors"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// call is the verb as Lua calls it: everything that a script can do to the world
// comes through here.
func (v *boundVerb) call(L *lua.LState) int {
	t := taskOf(L)
	if t.ctx.Err() != nil {
		t.abandon(L)
	}
	t.calls++
	c := t.newCall(v, L)
	result, err := t.run.handle(t.ctx, c)
	if t.ctx.Err() != nil {
		c.cutOff(err)
		t.abandon(L)
	}
	if err != nil {
		t.fail(L, c.complete(err))
	}
	n := t.push(L, v, result)
	t.recycle(c)
	return n
}

// newCall takes a call that has ended, or makes one.
func (t *task) newCall(v *boundVerb, L *lua.LState) *Call {
	var c *Call
	if n := len(t.idle); n > 0 {
		c = t.idle[n-1]
		t.idle = t.idle[:n-1]
	} else {
		c = &Call{task: t}
	}
	if cap(c.args) < len(v.Params) {
		c.args = make([]any, len(v.Params))
	}
	c.args = c.args[:len(v.Params)]
	c.Verb, c.bound, c.seq, c.thread = v.Verb, v, t.calls, L
	return c
}

// recycle gives back a call that nobody looks at any more.
func (t *task) recycle(c *Call) {
	clear(c.args)
	c.Verb, c.bound, c.thread = nil, nil, nil
	t.idle = append(t.idle, c)
}

// push leaves a verb's results on the stack.
func (t *task) push(L *lua.LState, v *boundVerb, result any) int {
	if results, ok := result.(Results); ok {
		for _, one := range results {
			t.pushOne(L, v, one)
		}
		return len(results)
	}
	if result == nil && v.Returns == "" {
		return 0
	}
	t.pushOne(L, v, result)
	return 1
}

// toLua makes the Lua value of a result; large ones are charged to L.
func (t *task) toLua(L *lua.LState, result any) (lv lua.LValue, err error) {
	switch result.(type) {
	case nil, bool, string, float64, Value:
		return t.run.toLua(result)
	}
	t.run.in.charging(L, func() { lv, err = t.run.toLua(result) })
	return lv, err
}

func (t *task) pushOne(L *lua.LState, v *boundVerb, result any) {
	lv, err := t.toLua(L, result)
	if err != nil {
		t.fail(L, &Error{Kind: Internal, Verb: v.Name, Message: "its result cannot be handed to the script: " + err.Error(), Cause: err})
	}
	L.Push(lv)
}

// fail raises a verb's error in L. Kinds that end the run are not for the script
// to catch. (Cancelled is here when something else than this task was cancelled.)
func (t *task) fail(L *lua.LState, e *Error) {
	switch e.Kind {
	case Limit, Exit:
		t.run.end(L, e)
	case Script:
		if e.Value.lv != nil && len(e.Items) == 0 { // of a callback, or of a task that was joined
			if slices.ContainsFunc(e.Stack, func(f Frame) bool { return f.part }) {
				t.run.passed = e
			}
			L.Error(e.Value.lv, 0)
		}
	}
	t.raise(L, e)
}

// complete makes the error of a call an *Error that names the verb.
func (c *Call) complete(err error) *Error {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	if e.Verb == "" && e.Kind != Exit && e.Stack == nil {
		named := *e
		named.Verb = c.Verb.Name
		e = &named
	}
	return e
}
