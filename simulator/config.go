package simulator

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/simulator/auth"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// Clock tells the simulator what time it is. Rules that delay a request also use
// the method Sleep(context.Context, time.Duration) error of a clock that has it.
type Clock interface{ Now() time.Time }

// Config says what a simulator is like. The zero value is both clouds, empty, at
// the machine's time, on a free port of 127.0.0.1.
type Config struct {
	Listen     string // "127.0.0.1:0"
	Clock      Clock  // nil: Scaled(1)
	RandomSeed uint64 // ids, keys and passwords follow from it
	Account    auth.Account
	JSONFaults bool // refuse log-ins in JSON instead of plain text
	LunaNode   LunaNode

	// CloudServers holds times, limits and switches of that cloud. Its Clock,
	// Account, RandomSeed and Authorize are set by the simulator.
	CloudServers cloudservers.Config

	// IdleTimeout closes connections that nobody uses; the real service did so
	// after 20 seconds. Zero: never. It is in the machine's time.
	IdleTimeout time.Duration
}

// LunaNode is the category/action API's credentials. Zero fields are made from
// the seed.
type LunaNode struct {
	APIID  string // 16 characters
	APIKey string // 128 characters
}

func (l LunaNode) orDefault(seed uint64) LunaNode {
	h := sha512.Sum512(fmt.Appendf(nil, "%d lunanode", seed))
	random := hex.EncodeToString(h[:])
	if l.APIID == "" {
		l.APIID = strings.ToUpper(random[:16])
	}
	if l.APIKey == "" {
		h = sha512.Sum512(fmt.Appendf(nil, "%d lunanode key", seed))
		l.APIKey = hex.EncodeToString(h[:])
	}
	return l
}
