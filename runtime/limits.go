package runtime

import (
	"errors"
	"fmt"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// Limits bound a run. Zero means no limit. A limit that is hit ends the run with
// an *Error of kind Limit, which pcall does not catch.
type Limits struct {
	Steps  int64         // VM instructions, and as many for the work of library functions
	Memory int64         // bytes at once, exactly, and some 16 MB more that the run holds on to (see memory.go)
	Time   time.Duration // on the run's clock
	Calls  int64         // verb calls
	Tasks  int           // tasks at the same time, the main one included
	Output int64         // bytes printed
}

// over are the limits, with those of base where none is set.
func (l Limits) over(base Limits) Limits {
	if l.Steps == 0 {
		l.Steps = base.Steps
	}
	if l.Memory == 0 {
		l.Memory = base.Memory
	}
	if l.Time == 0 {
		l.Time = base.Time
	}
	if l.Calls == 0 {
		l.Calls = base.Calls
	}
	if l.Tasks == 0 {
		l.Tasks = base.Tasks
	}
	if l.Output == 0 {
		l.Output = base.Output
	}
	return l
}

// limitError is the error for a limit that was hit.
func limitError(name, format string, args ...any) *Error {
	return &Error{Kind: Limit, Message: fmt.Sprintf(format, args...),
		Hint: fmt.Sprintf("the limit %q of this run can be raised by whoever started it", name)}
}

// stopError is the *Error for what stopped a budget.
func (r *run) stopError(cause error) *Error {
	var e *Error
	var alloc *vm.AllocError
	switch {
	case errors.As(cause, &e):
		return e
	case errors.Is(cause, vm.ErrSteps):
		return limitError("steps", "the run used up its %d steps", r.limits.Steps)
	case errors.As(cause, &alloc):
		return limitError("memory", "the script asked for %d bytes of memory at once; the run may have %d", alloc.Bytes, r.limits.Memory)
	}
	return &Error{Kind: Cancelled, Message: "the run was cancelled", Cause: cause}
}
