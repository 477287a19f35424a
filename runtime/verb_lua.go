package runtime

import lua "github.com/yuin/gopher-lua"

// verbFunction is the verb as Lua calls it.
func (r *run) verbFunction(v *boundVerb) lua.LGFunction {
	return func(L *lua.LState) int {
		t := r.current
		t.calls++
		c := &Call{Verb: v.Verb, bound: v, args: make([]any, len(v.Params)), task: t, seq: t.calls, thread: L}
		result, err := r.handle(t.ctx, c)
		if err != nil {
			r.raise(L, c.complete(err))
		}
		return r.push(L, v, result)
	}
}

// push leaves the verb's results on the stack.
func (r *run) push(L *lua.LState, v *boundVerb, result any) int {
	results, ok := result.(Results)
	if !ok {
		results = Results{result}
	}
	for _, one := range results {
		lv, err := r.toLua(one)
		if err != nil {
			r.raise(L, &Error{Kind: Internal, Verb: v.Name, Message: err.Error(), Cause: err})
		}
		L.Push(lv)
	}
	return len(results)
}

// complete makes the error of a call an *Error that names the verb.
func (c *Call) complete(err error) *Error {
	e, ok := err.(*Error)
	if !ok {
		e = &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	if e.Verb == "" {
		named := *e
		named.Verb = c.Verb.Name
		e = &named
	}
	return e
}
