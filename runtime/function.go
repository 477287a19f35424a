package runtime

import (
	"context"

	lua "github.com/yuin/gopher-lua"
)

// A Function is a Lua function that a verb was given.
type Function struct {
	fn  *lua.LFunction
	run *run
}

// Call calls the function in the task of the call whose verb was given it, with
// arguments in the forms that verbs may return. An error that the function
// raises is an *Error; a verb that returns it raises the same error again. It
// must not be called inside Block.
func (f *Function) Call(_ context.Context, args ...any) ([]Value, error) {
	values := make([]lua.LValue, len(args))
	for i, a := range args {
		lv, err := f.run.toLua(a)
		if err != nil {
			return nil, err
		}
		values[i] = lv
	}
	results, err := f.run.call(f.run.state.G.CurrentThread, f.fn, values...)
	if err != nil {
		return nil, err
	}
	out := make([]Value, len(results))
	for i, lv := range results {
		out[i] = Value{lv: lv, run: f.run}
	}
	return out, nil
}
