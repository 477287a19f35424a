package simulator

import (
	"time"

	"github.com/cloudscript/cloudscript/simulator/auth"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// Clock tells the simulator what time it is. Rules that delay a request also use
// the method Sleep(context.Context, time.Duration) error of a clock that has it.
type Clock interface{ Now() time.Time }

// Account is who can log in to the first cloud.
type Account = auth.Account

// Config says what a simulator is like. The zero value is both clouds, empty, at
// the machine's time, on a free port of 127.0.0.1.
type Config struct {
	Listen     string // "127.0.0.1:0"
	Clock      Clock  // nil: Scaled(1)
	RandomSeed uint64 // ids, keys and passwords follow from it
	Account    Account
	JSONFaults bool     // refuse log-ins in JSON instead of plain text
	BaseURL    string   // what service URLs begin with; "": how the log-in reached the simulator
	State      *State   // what the clouds hold at first; nil: nothing but stock
	Faults     []string // fault rules in their text form; see package faults

	// CloudServers holds times, limits and switches of that cloud. Its Clock,
	// Account, RandomSeed, State and Authorize are set by the simulator.
	CloudServers cloudservers.Config

	// LunaNode holds credentials, times and switches of the category/action API,
	// the credentials made from the seed if empty. Its Clock and Seed are set by
	// the simulator.
	LunaNode lunanode.Config

	// IdleTimeout closes connections that nobody uses; the real service did so
	// after 20 seconds. Zero: never. It is in the machine's time.
	IdleTimeout time.Duration
}
