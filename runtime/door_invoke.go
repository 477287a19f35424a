package runtime

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// invoke ends the chain: it does the verb's work.
func invoke(ctx context.Context, c *Call) (result any, err error) {
	defer c.ended()
	if c.Verb.Inline != nil {
		defer c.task.leaveVerb()
		defer c.recoverInline(&err)
		return c.Verb.Inline(ctx, c)
	}
	c.task.blockIn(c.thread, func() {
		defer func() {
			if p := recover(); p != nil {
				err = panicError(&PanicError{Value: p, Stack: debug.Stack()})
			}
		}()
		result, err = c.Verb.Func(ctx, c)
	})
	c.letGo()
	return result, err
}

// recoverInline lets the interpreter's own panics through: they are Lua errors
// on their way up.
func (c *Call) recoverInline(err *error) {
	switch p := recover().(type) {
	case nil:
	case *lua.ApiError:
		panic(p)
	default:
		if vm.IsOverflow(c.thread, p) {
			panic(p)
		}
		*err = panicError(&PanicError{Value: p, Stack: debug.Stack()})
	}
}

// panicError is the error for a panic in a verb or a value of the host. The Go stack is
// in its cause, for the host; neither its text nor Render shows it.
func panicError(p *PanicError) *Error {
	return &Error{Kind: Internal, Message: fmt.Sprintf("internal error: %v", p.Value), Cause: p,
		Hint: "this is a defect of the program that runs the script, not of the script"}
}

// hostPanicked ends the run with a panic of the host's, from a deferred function.
func (t *task) hostPanicked(p any) {
	e := panicError(&PanicError{Value: p, Stack: debug.Stack()})
	t.budget.Stop(e)
	t.cancelAll(e)
}

// A PanicError is a Go panic in a verb, or in a value of the host.
type PanicError struct {
	Value any
	Stack []byte // of the goroutine
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap is the panic's value if it was an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
