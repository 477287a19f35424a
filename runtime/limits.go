package runtime

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// Limits bound a run. Zero means no limit. A limit that is hit ends the run with
// an *Error of kind Limit, which pcall does not catch; the run's clean-up functions
// have a fixed allowance beyond it (see Call.Cleanup). Scripts see what is left by
// limits.remaining.
//
// Go keeps pages for a while that the heap has no use for any more: a host that bounds
// the whole process sets debug.SetMemoryLimit, to what its runs may take together and
// some 64 MB for each, or GOMEMLIMIT.
type Limits struct {
	Steps  int64         // VM instructions, and as many for the work of library functions
	Memory int64         // bytes: of one operation, exactly; held on to, with some 16 MB more (see memory.go)
	Time   time.Duration // on the run's clock
	Tasks  int           // tasks at the same time, the main one included
	Output int64         // bytes printed and logged

	// Calls are verb calls that reach their verb, whether it succeeds or fails. A call
	// whose arguments are wrong, that policy refuses or that a journal answers costs
	// nothing.
	Calls int64

	// CallsOf are Calls of some verbs, by what Rule.Verbs may be: {"servers.create": 3,
	// "destroy": 10, "dns.*": 100}. A call counts for each that names its verb. In
	// RunOptions each replaces the runtime's of the same name. Clean-up functions have no
	// allowance for verbs of effect create. To keep a script from a verb altogether, or
	// to let it catch the refusal, there are Policy.Deny and Policy.MaxCreates.
	CallsOf map[string]int64

	// Recursion is how deep calls may nest in each task: 2,000 at the most. A Lua function
	// counts one, the main chunk is one, and so does a Go function, such as pcall or a verb
	// that calls a function back; a coroutine counts two with the call that resumes it. Tail
	// calls count nothing. Stacks grow by eight calls, so up to seven more are let through.
	// If zero, calls that nest 2,000 deep are an error that scripts can catch.
	Recursion int
}

// MaxRecursion is how deep calls may nest whatever Limits say.
const MaxRecursion = 2000

// over are the limits, with those of base where none is set.
func (l Limits) over(base Limits) Limits {
	return Limits{
		Steps:     cmp.Or(l.Steps, base.Steps),
		Memory:    cmp.Or(l.Memory, base.Memory),
		Time:      cmp.Or(l.Time, base.Time),
		Tasks:     cmp.Or(l.Tasks, base.Tasks),
		Output:    cmp.Or(l.Output, base.Output),
		Calls:     cmp.Or(l.Calls, base.Calls),
		CallsOf:   callsOver(l.CallsOf, base.CallsOf),
		Recursion: cmp.Or(l.Recursion, base.Recursion),
	}
}

// check says which limits cannot be, by their fields.
func (l Limits) check(c *catalogue) error {
	var problems []error
	for _, limit := range []struct {
		field string
		is    int64
	}{{"Steps", l.Steps}, {"Memory", l.Memory}, {"Time", int64(l.Time)}, {"Tasks", int64(l.Tasks)}, {"Output", l.Output},
		{"Calls", l.Calls}, {"Recursion", int64(l.Recursion)}} {
		if limit.is < 0 {
			problems = append(problems, fmt.Errorf("%s is below zero; zero is no limit", "Limits."+limit.field))
		}
	}
	if l.Recursion > MaxRecursion {
		problems = append(problems, fmt.Errorf("Limits.Recursion is %d; the most is %d", l.Recursion, MaxRecursion))
	}
	return errors.Join(append(problems, checkCallsOf(l.CallsOf, c)...)...)
}

// hit is the error for a limit that was hit. The name is the command line's.
func (l Limits) hit(name, format string, args ...any) *Error {
	return &Error{Kind: Limit, Message: fmt.Sprintf(format, args...), Hint: l.raising(name)}
}

// raising tells how to allow twice as much: what to write on the command line,
// and which field a Go program sets.
func (l Limits) raising(name string) string {
	if name == "recursion" && l.Recursion == MaxRecursion {
		return "that is the most that can be allowed; does the recursion end?"
	}
	field := strings.ToUpper(name[:1]) + name[1:]
	var twice string
	switch name {
	case "steps":
		twice = strconv.FormatInt(2*l.Steps, 10)
	case "memory":
		twice = sizeText(2 * l.Memory)
	case "time":
		twice = (2 * l.Time).String()
	case "calls":
		twice = strconv.FormatInt(2*l.Calls, 10)
	case "tasks":
		twice = strconv.Itoa(2 * l.Tasks)
	case "output":
		twice = sizeText(2 * l.Output)
	case "recursion":
		twice = strconv.Itoa(min(2*l.Recursion, MaxRecursion))
	default:
		verbs := strings.TrimPrefix(name, callsOfPrefix)
		twice = strconv.FormatInt(2*l.CallsOf[verbs], 10)
		field = fmt.Sprintf("CallsOf[%q]", verbs)
	}
	setting := name + "=" + twice
	if strings.ContainsAny(name, `*?[\`) {
		setting = "'" + setting + "'" // a shell has its own idea of these
	}
	flag := "--limit " + setting
	if name == "time" {
		flag = "--timeout " + twice + " or " + flag
	}
	return fmt.Sprintf("to allow more: %s on the command line, Limits.%s in Go", flag, field)
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

// explain notes where the task's budget was stopped, if that is why a call of Lua ended
// with err: the first Go function that the end passes knows the place, and the error that
// the run ends with is made when it has passed all of them.
func (t *task) explain(err error) {
	var raised *vm.Error
	if !errors.As(err, &raised) || raised.Value != nil || raised.Cause != t.budget.Cause() {
		return
	}
	if e := t.stopError(raised.Cause); e.Stack == nil {
		t.budget.Explain(raised.Cause, t.run.placed(e, raised.Frames))
	}
}

// stopError is the *Error for what stopped the task's budget.
func (t *task) stopError(cause error) *Error {
	r := t.run
	var e *Error
	var alloc *vm.AllocError
	var panicked *vm.PanicError
	switch {
	case errors.As(cause, &e):
		return e
	case errors.Is(cause, vm.ErrSteps):
		if steps := t.budget.Limit(); steps != r.limits.Steps { // of clean-up, or of laying a value out
			return &Error{Kind: Limit, Message: fmt.Sprintf("the allowance of %d steps is used up", steps)}
		}
		return r.limits.hit("steps", "the run used up its %d steps", r.limits.Steps)
	case errors.Is(cause, vm.ErrDepth):
		return r.limits.hit("recursion", "calls nest more than %d deep", r.limits.Recursion)
	case errors.As(cause, &alloc):
		return r.limits.hit("memory", "the script asked for %s of memory at once; the run may have %s", sizeText(alloc.Bytes), sizeText(r.limits.Memory))
	case errors.As(cause, &panicked):
		return panicError(&PanicError{Value: panicked.Value, Stack: panicked.Stack})
	}
	return &Error{Kind: Cancelled, Message: "the run was cancelled", Cause: cause}
}
