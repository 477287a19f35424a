package runtime

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// A Call is one verb call on its way through the door.
//
// The argument accessors take the name of a declared parameter and return its
// checked value, the zero value if it is absent and has no default. Asking for a
// parameter that the verb does not declare, or with the accessor of another
// type, panics: that is a mistake in the verb.
type Call struct {
	Verb *Verb

	bound  *boundVerb
	args   []any // by parameter index; nil where absent
	task   *task
	seq    int         // position among the task's calls, from 1
	thread *lua.LState // where the arguments are; the task's, or one of its coroutines
	told   atomic.Bool // of progress
	held   atomic.Int64
}

// Path is the call's position in the run: "7", or "7[3].2" for the second call
// of the third item of the parallel that was call 7. It does not depend on the
// order in which tasks happened to run.
func (c *Call) Path() string { return c.task.path(c.seq) }

// Has reports whether the parameter was given or has a default.
func (c *Call) Has(name string) bool { return c.arg(name) != nil }

// String returns a String, or an ID as text.
func (c *Call) String(name string) string { v, _ := c.arg(name).(string); return v }

// Number returns a Number.
func (c *Call) Number(name string) float64 { v, _ := c.arg(name).(float64); return v }

// Int returns an Integer.
func (c *Call) Int(name string) int64 { v, _ := c.arg(name).(int64); return v }

// Bool returns a Boolean.
func (c *Call) Bool(name string) bool { v, _ := c.arg(name).(bool); return v }

// Duration returns a Duration.
func (c *Call) Duration(name string) time.Duration { v, _ := c.arg(name).(time.Duration); return v }

// Table returns a Table: nested tables are map[string]any or []any, numbers
// float64.
func (c *Call) Table(name string) map[string]any { v, _ := c.arg(name).(map[string]any); return v }

// List returns a List.
func (c *Call) List(name string) []any { v, _ := c.arg(name).([]any); return v }

// Strings returns a Strings.
func (c *Call) Strings(name string) map[string]string {
	v, _ := c.arg(name).(map[string]string)
	return v
}

// Callback returns a Callback, nil if absent.
func (c *Call) Callback(name string) *Function { v, _ := c.arg(name).(*Function); return v }

// Handle returns a Handle; its Kind is NilValue if absent.
func (c *Call) Handle(name string) Value { v, _ := c.arg(name).(Value); return v }

// Any returns the argument in its Go form whatever its type.
func (c *Call) Any(name string) any { return c.arg(name) }

func (c *Call) arg(name string) any {
	for i := range c.Verb.Params {
		if c.Verb.Params[i].Name == name {
			return c.args[i]
		}
	}
	panic(fmt.Sprintf("runtime: verb %s declares no parameter %q", c.Verb.Name, name))
}

// An Argument is a parameter that was given or has a default.
type Argument struct {
	Name  string
	Value any // in the form of its accessor; functions and handles as their Lua type
}

// Arguments are the call's arguments in the order of the parameters, without the
// secret ones and without the secret fields of the modules' objects in them: what a
// trace, a journal or an audit log may hold.
func (c *Call) Arguments() []Argument {
	var args []Argument
	for i, p := range c.Verb.Params {
		value := c.args[i]
		switch v := value.(type) {
		case nil:
			continue
		case *Function:
			value = string(FunctionValue)
		case Value:
			value = string(v.Kind())
		}
		if !p.Secret {
			args = append(args, Argument{p.Name, c.task.run.withoutSecrets(p.Name, value)})
		}
	}
	return args
}

// Clock is the clock that the run lives in.
func (c *Call) Clock() Clock { return c.task.run.clock }

// Started is when the run began, on its clock.
func (c *Call) Started() time.Time { return c.task.run.started }

// RunID identifies the run that the call belongs to.
func (c *Call) RunID() string { return c.task.run.id }

// Place is an error with the place of the call: its position, stack and source
// line. An error that the verb returns gets them anyway; this is for one that it
// keeps. It is for Inline verbs.
func (c *Call) Place(e *Error) *Error { return c.task.run.placed(e, vm.Traceback(c.thread)) }

// Block gives the interpreter to other tasks while f runs. f must not touch Lua
// values. It is for Inline verbs; a Func verb is inside Block already.
func (c *Call) Block(f func()) { c.task.block(f) }
