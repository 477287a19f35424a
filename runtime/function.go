package runtime

import (
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A Function is a Lua function that a verb was given.
type Function struct {
	fn *lua.LFunction
}

// Apply calls a Lua function that the verb was given, in the call's own task,
// with arguments in the forms that verbs may return. An error that the function
// raises is an *Error; a verb that returns it raises the same error again. Apply
// may end the verb's goroutine when the whole run has been stopped: what the verb
// has to give back, it gives back in a defer. It is for Inline verbs, outside Block.
func (c *Call) Apply(f *Function, args ...any) ([]Value, error) {
	values, err := c.task.run.luaValues(args)
	if err != nil {
		return nil, err
	}
	defer c.task.enterVerb()
	results, err := vm.Of(c.thread).Apply(f.fn, values...)
	if err != nil {
		c.task.explain(err)
		return nil, c.task.errorAbove(vm.Of(c.thread), err)
	}
	return c.task.run.values(results), nil
}

func (r *run) luaValues(args []any) ([]lua.LValue, error) {
	values := make([]lua.LValue, len(args))
	for i, a := range args {
		lv, err := r.toLua(a)
		if err != nil {
			return nil, err
		}
		values[i] = lv
	}
	return values, nil
}

func (r *run) values(list []lua.LValue) []Value {
	out := make([]Value, len(list))
	for i, lv := range list {
		out[i] = Value{lv: lv, run: r}
	}
	return out
}
