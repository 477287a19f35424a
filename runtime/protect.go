package runtime

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// call calls a Lua function on a thread of its own, so that an error in it
// closes no local variable of the caller's frames.
func (r *run) call(L *lua.LState, fn *lua.LFunction, args ...lua.LValue) ([]lua.LValue, error) {
	th, cancel := L.NewThread()
	if cancel != nil {
		defer cancel()
	}
	th.SetContext(r.current.ctx)
	global := L.G
	before := global.CurrentThread
	global.CurrentThread = th
	defer func() { global.CurrentThread = before }()
	th.Push(fn)
	for _, a := range args {
		th.Push(a)
	}
	if err := th.PCall(len(args), lua.MultRet, nil); err != nil {
		return nil, r.errorOf(err)
	}
	results := make([]lua.LValue, th.GetTop())
	for i := range results {
		results[i] = th.Get(i + 1)
	}
	return results, nil
}

// errorOf makes an *Error of what a protected call returned.
func (r *run) errorOf(err error) *Error {
	var api *lua.ApiError
	if !errors.As(err, &api) {
		return &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	if e := errorIn(api.Object); e != nil {
		return e
	}
	return &Error{Kind: Script, Message: api.Object.String(), Value: Value{lv: api.Object, run: r}}
}
