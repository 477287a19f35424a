package lualib

import (
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A Host is the run that a state works for. Its methods are called on the
// goroutine that executes L, the thread that made the call.
type Host interface {
	// Charge accounts for work, in units of about one VM instruction. It raises
	// an error in L when the run's budget is spent or the run is cancelled.
	Charge(L *lua.LState, work int64)

	// Reserve accounts for memory that is about to be allocated in one piece, in
	// bytes. It raises an error in L when the run may not have it. There is no
	// matching release.
	Reserve(L *lua.LState, bytes int64)

	// BeforeStore is called before a value is stored at a position of a table, which
	// fills its array part up to there. It accounts for the memory of that.
	BeforeStore(L *lua.LState, t *lua.LTable, position int)

	// Print writes the text of one print call, which ends with a line feed.
	Print(L *lua.LState, text string)

	// Materialize fills a table that the host fills on demand. It is called
	// before raw access to a table whose metatable has a userdata at index 1,
	// and must leave alone tables that are not the host's.
	Materialize(t *lua.LTable)

	// Brief is a value in a message, without secrets and in about most bytes.
	Brief(v lua.LValue, most int) string

	// RandomSeed is the seed of math.random. It is asked once per run, and only
	// if the script draws a number before it calls math.randomseed.
	RandomSeed(L *lua.LState) uint64

	// Now is the run's time. Its location is the one that os.date uses.
	Now(L *lua.LState) time.Time

	// CPU is the processor time that the run has used, for os.clock.
	CPU(L *lua.LState) time.Duration

	// Memory is the run's memory in bytes, for collectgarbage("count").
	Memory(L *lua.LState) int64
}

// An instance is what the library keeps for one state.
type instance struct {
	host     Host
	random   generator
	ids      identities
	patterns patternCache
	matchers matcherPool
	scratch  []byte // of the next output
}

// registryIndex is where a state's registry holds its instance: an array slot,
// because nearly every function looks, and a string would have to be hashed.
const registryIndex = 1

// instanceOf finds the instance of a state. The functions are shared between
// states, so each looks it up.
func instanceOf(L *lua.LState) *instance {
	in := findInstance(L)
	if in == nil {
		panic("lualib: the library is not open in this state")
	}
	return in
}

func findInstance(L *lua.LState) *instance {
	if holder, ok := L.G.Registry.RawGetInt(registryIndex).(*lua.LUserData); ok {
		in, _ := holder.Value.(*instance)
		return in
	}
	return nil
}

// charge accounts for n elementary steps of a loop, of which per make one unit.
func (in *instance) charge(L *lua.LState, n, per int) {
	if work := n / per; work > 0 {
		in.host.Charge(L, int64(work))
	}
}

// Elementary steps that cost about as much as one VM instruction, measured on
// amd64 (see BenchmarkUnits).
const (
	bytesPerUnit    = 64 // copied or compared
	patternsPerUnit = 8  // steps of a pattern match
	slotsPerUnit    = 8  // table slots read or moved
)
