package runtime

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// Limits bound a run. Zero means no limit. A limit that is hit ends the run with
// an *Error of kind Limit, which pcall does not catch.
type Limits struct {
	Steps  int64         // VM instructions, and as many for the work of library functions
	Memory int64         // bytes: of one operation, exactly; held on to, with some 16 MB more (see memory.go)
	Time   time.Duration // on the run's clock
	Calls  int64         // verb calls
	Tasks  int           // tasks at the same time, the main one included
	Output int64         // bytes printed and logged
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

// hit is the error for a limit that was hit. The name is the command line's.
func (l Limits) hit(name, format string, args ...any) *Error {
	return &Error{Kind: Limit, Message: fmt.Sprintf(format, args...), Hint: l.raising(name)}
}

// raising tells how to allow twice as much: what to write on the command line,
// and which field a Go program sets.
func (l Limits) raising(name string) string {
	twice := map[string]string{
		"steps":  strconv.FormatInt(2*l.Steps, 10),
		"memory": sizeText(2 * l.Memory),
		"time":   (2 * l.Time).String(),
		"calls":  strconv.FormatInt(2*l.Calls, 10),
		"tasks":  strconv.Itoa(2 * l.Tasks),
		"output": sizeText(2 * l.Output),
	}[name]
	flag := "--limit " + name + "=" + twice
	if name == "time" {
		flag = "--timeout " + twice + " or " + flag
	}
	return fmt.Sprintf("to allow more: %s on the command line, Limits.%s in Go", flag, strings.ToUpper(name[:1])+name[1:])
}

// sizeText is a number of bytes in the largest unit that divides it, as the
// command line reads it.
func sizeText(bytes int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GiB"}, {1e9, "GB"}, {1 << 20, "MiB"}, {1e6, "MB"}, {1 << 10, "KiB"}, {1e3, "KB"}} {
		if bytes >= unit.bytes && bytes%unit.bytes == 0 {
			return strconv.FormatInt(bytes/unit.bytes, 10) + unit.name
		}
	}
	return strconv.FormatInt(bytes, 10) + "B"
}

// stopError is the *Error for what stopped a budget.
func (r *run) stopError(cause error) *Error {
	var e *Error
	var alloc *vm.AllocError
	switch {
	case errors.As(cause, &e):
		return e
	case errors.Is(cause, vm.ErrSteps):
		return r.limits.hit("steps", "the run used up its %d steps", r.limits.Steps)
	case errors.As(cause, &alloc):
		return r.limits.hit("memory", "the script asked for %s of memory at once; the run may have %s", sizeText(alloc.Bytes), sizeText(r.limits.Memory))
	}
	return &Error{Kind: Cancelled, Message: "the run was cancelled", Cause: cause}
}
