package runtime

import (
	"io"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A Clock is the time that runs live in; see NewVirtualClock.
type Clock = clock.Clock

// NewVirtualClock makes a clock whose time jumps to the next moment that a task
// waits for as soon as every task waits. It is for tests and rehearsals.
func NewVirtualClock(start time.Time) *clock.Virtual { return clock.NewVirtual(start) }

// NewSerialClock makes a virtual clock under which one task works at a time, its
// calls of Go functions included, so that runs with parallel tasks do the same
// each time.
func NewSerialClock(start time.Time) *clock.Serial { return clock.NewSerial(start) }

// Config is what a Runtime is made of. The zero value runs plain Lua.
type Config struct {
	// Modules are what scripts can call.
	Modules []Module

	// Values are Go values that scripts see as globals, by name: any struct,
	// map, slice or function, through gopher-luar's reflection. Lua functions that
	// are given to them as arguments become Go functions. These count steps and stop
	// like the script, end with a panic when they do or fail, and are for the call
	// that they were given to: Go must not keep them, nor call them on another
	// goroutine. An iter.Seq is such a Go function, and for none of Lua's iterators: it is
	// called with one that gets each value and returns whether to go on,
	// inventory:All()(function(server) … return true end). A limit or cancellation is seen when Go code calls back or returns. A
	// channel is called to receive, and with a value to send; that stops, and lets other
	// tasks go on.
	// All runs share the values, and scripts may change what they reach: elements of maps
	// and slices, fields behind pointers. Runs at the same time do so at the same time, and
	// Go ends a program in which two change a map. For scripts of others, hand out structs,
	// or functions that guard what they change.
	Values map[string]any

	// Policy decides which verbs a run may call; the zero value allows only those that
	// touch nothing outside the run, AllowAll() every one.
	Policy Policy

	// Limits bound every run, unless RunOptions set others.
	Limits Limits

	// Clock is the machine's clock if nil.
	Clock Clock

	// Logger receives what the runtime itself has to say; nothing if nil.
	Logger *slog.Logger

	// OnCall receives an event after each verb call, from the goroutine of the
	// call's task. It must not block.
	OnCall func(CallEvent)

	// OnLog receives what scripts log, of every level, whether or not there is a logger
	// for it as well; see stdlib.Config.Log. It is called while the task holds the
	// interpreter and must not block.
	OnLog func(LogEvent)

	// OnProgress receives what long calls tell of themselves, and then their ends,
	// from the goroutines that do the work. It must not block.
	OnProgress func(ProgressEvent)

	// Require returns the source of a module for require(name). Nil: require is
	// refused.
	Require func(name string) (chunk string, src []byte, err error)

	// Coverage counts the lines that run, of programs, of what sessions evaluate
	// and of modules, but not of code that scripts make with load. Scripts take
	// longer with it. Nil: nothing is counted.
	Coverage *Coverage
}

// RunOptions are what one run gets.
type RunOptions struct {
	Args   []string       // the table arg
	Params map[string]any // the table params
	Stdout io.Writer      // print writes here; discarded if nil
	Width  int            // columns that show fits tables into; 0 does not limit
	Limits Limits         // where set, replaces the runtime's
	ID     string         // made up if empty, from Random where that is given
	Random *rand.Rand     // math.random; seeded from the run's ID if nil

	// Background is for sessions: tasks that an evaluation spawned itself go on
	// when it has ended, until the session is closed (see Session.Do). OnTask is told
	// of each one's end, while nothing executes Lua; it must not use the session. If it
	// panics, that is the task's error, and the session goes on.
	Background bool
	OnTask     func(BackgroundTask)

	// Plan and Journal take their places in the door; nil leaves them out.
	Plan    Link
	Journal Link
}

// A Result is what a run that ended without an error leaves behind.
type Result struct {
	Values []any   // what the chunk returned, in Go form
	NoForm *NoForm // what is nil there because it has none; its path begins with the value: "[1].check"
	Stats  Stats
}

// Stats count what a run used.
type Stats struct {
	Steps  int64
	Calls  int64
	Output int64
	Time   time.Duration // on the run's clock
}

// A CallEvent tells of one verb call that went through the door.
type CallEvent struct {
	RunID    string
	Path     string // position in the run, such as "7[3].2"
	Verb     string
	Effect   Effect
	Args     []Argument // without the secret ones
	Start    time.Time
	Duration time.Duration // on the run's clock
	Err      *Error        // nil if it succeeded
}
