package vm

import (
	"errors"
	"slices"
	"sync"
	"weak"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/vm/compile"
)

// Options shape a State; the zero value is the default.
type Options struct {
	// CallDepth is how deep Lua calls may nest on one thread, and how many call
	// frames may lie on the threads below it. The default is 2,000: a thread
	// takes a byte for each.
	CallDepth int

	// Nesting is how many protected calls and coroutines may be active one
	// inside the other. The default is 190, a little less than C Lua's 200.
	Nesting int

	// StackSlots is how many values the stack of one thread may hold. The
	// default is 1<<18.
	StackSlots int

	// Source finds the source text of a module for require. Without it require
	// knows none. An error that wraps fs.ErrNotExist means that there is no such
	// module.
	Source func(t *Thread, module string) (chunk string, src []byte, err error)

	// Compile is used by load and require.
	Compile CompileOptions

	// Modules keeps what require has compiled; a state without one has its own.
	Modules *ModuleCache

	// Coverage, if there is one, counts the lines that run.
	Coverage *Coverage
}

func (o Options) withDefaults() Options {
	if o.CallDepth == 0 {
		o.CallDepth = 2000
	}
	if o.Nesting == 0 {
		o.Nesting = 190
	}
	if o.StackSlots == 0 {
		o.StackSlots = 1 << 18
	}
	return o
}

// A State is one set of Lua globals and the threads that run in it. It is used
// by one goroutine at a time; a host with several tasks guards it with a lock
// that it lets go only inside Go functions, between reading their arguments and
// pushing their results.
type State struct {
	opts    Options
	main    *lua.LState // never runs anything
	idle    []*Thread
	threads []weak.Pointer[Thread] // all that there are, and some that were
	records []*Record
	raiser  func(*lua.LState)
	raised  *raised // the error that is on its way up, or was caught last
	modules map[string]lua.LValue
	loading map[string]bool
	broken  bool
	blank   *lua.LState // what threads are copies of; nil before the first

	coArm, coFinish *lua.LFunction
}

// New makes a state without any library.
func New(opts Options) (*State, error) {
	if err := setUp(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	if opts.Modules == nil {
		opts.Modules = &ModuleCache{}
	}
	L := lua.NewState(lua.Options{
		CallStackSize:       8, // nothing runs on the main state
		RegistrySize:        128,
		SkipOpenLibs:        true,
		MinimizeStackMemory: true,
	})
	L.Options = lua.Options{ // for the threads
		CallStackSize:       opts.CallDepth,
		RegistrySize:        128,
		RegistryMaxSize:     opts.StackSlots,
		RegistryGrowStep:    512,
		SkipOpenLibs:        true,
		MinimizeStackMemory: true,
	}
	L.G.MainThread, L.G.CurrentThread = L, L
	s := &State{
		opts:    opts,
		main:    L,
		modules: map[string]lua.LValue{},
		loading: map[string]bool{},
	}
	s.raiser = s.raise
	return s, nil
}

// MaxArrayIndex bounds what a store far beyond the end of a table's array part
// may allocate: 1<<20 slots are 16 MB. Beyond it keys live in the hash part.
const MaxArrayIndex = 1 << 20

// setUp checks what this package assumes of gopher-lua and sets the one limit
// that gopher-lua keeps for the whole process.
var setUp = sync.OnceValue(func() error {
	lua.MaxArrayIndex = MaxArrayIndex
	if err := compile.CheckLayout(); err != nil {
		return err
	}
	if err := checkThreadLayout(); err != nil {
		return err
	}
	return checkLayout()
})

// Main is the state that libraries are registered on. Nothing may be run on it.
func (s *State) Main() *lua.LState { return s.main }

// Globals is the table of globals that chunks see unless Load gives another.
func (s *State) Globals() *lua.LTable { return s.main.G.Global }

// Broken reports that a Go panic went through the state. It must not be used
// for another run.
func (s *State) Broken() bool { return s.broken }

// Forget drops what the state remembers of what it has run: the modules that were
// required and the error that was caught last. Nothing may be running.
func (s *State) Forget() {
	clear(s.modules)
	clear(s.loading)
	s.raised = nil
}

// Register puts functions into a table in sorted order, so that pairs visits
// them in the same order in every process.
func (s *State) Register(table *lua.LTable, functions map[string]lua.LGFunction) {
	names := make([]string, 0, len(functions))
	for name := range functions {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		table.RawSetString(name, s.main.NewFunction(functions[name]))
	}
}

// Load makes a function of a compiled chunk. Its globals are env, or the
// state's globals when env is nil.
func (s *State) Load(p *Proto, env *lua.LTable) *lua.LFunction {
	if s.opts.Coverage != nil {
		s.opts.Coverage.add(p)
	}
	return s.function(p, env)
}

func (s *State) function(p *Proto, env *lua.LTable) *lua.LFunction {
	fn := s.main.NewFunctionFromProto(p.fn)
	if env != nil {
		fn.Env = env
	}
	return fn
}

// errBroken is what a broken state answers.
var errBroken = errors.New("a Go panic went through this Lua state; it cannot be used again")
