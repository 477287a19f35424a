package lunanode

import (
	"fmt"
	"net"
	"time"
)

// A Clock tells the present moment.
type Clock interface{ Now() time.Time }

// Lengths of credentials; every client of the vendor refuses others before it
// sends anything (spec section 2).
const (
	apiIDLength      = 16
	apiKeyLength     = 128
	partialKeyLength = 64
)

// Config describes a simulated account and how the service in front of it
// behaves. The zero value is an account with credentials made from the seed, on
// the machine's clock, as lenient as the real service is known to be.
type Config struct {
	// Clock gives the time of the service. Default: the machine's time.
	Clock Clock

	// APIID (16 characters) and APIKey (128 characters) are the account's
	// credentials. Default: made from Seed; Server.APIID and Server.APIKey tell.
	APIID, APIKey string

	// Seed makes UUIDs, passwords and default credentials: equal seeds, equal
	// answers.
	Seed uint64

	// Timing says how long things take.
	Timing Timing

	// NoncePolicy says what is asked of nonces beside the window.
	NoncePolicy NoncePolicy

	// NonceClock is the time that nonces are held against where that is not the
	// time in which machines are built: beside a Clock that runs faster than the
	// callers' it is the callers' clock. Default: Clock.
	NonceClock Clock

	// NonceWindow is how far a nonce may be from the service's time, either way.
	// Default: 300 seconds (the real width is not known, spec section 5).
	NonceWindow time.Duration

	// ClockSkew is added to the time against which nonces are checked, as if
	// the caller's clock were wrong by as much the other way.
	ClockSkew time.Duration

	// AllowedActions restricts the key to these actions, each written
	// category.action (spec section 2). Default: no restriction.
	AllowedActions []string

	// SourceIP restricts the key to callers with this address.
	SourceIP string

	// RefuseRawUTF8 answers requests whose req text is not plain ASCII with the
	// authentication error, as one client's author met it (spec section 4).
	RefuseRawUTF8 bool

	// EmptyMapAsList writes a map without entries as [], as PHP does.
	EmptyMapAsList bool

	// EscapeEverything escapes HTML entities in every text of an answer, and
	// not only where they are known to be escaped (spec section 6).
	EscapeEverything bool

	// Legacy serves the unsigned API at /api and /api.php as well (spec
	// section 9).
	Legacy bool

	// MaxBody is the largest request body, in bytes. Default: 8 MiB, PHP's own.
	MaxBody int64

	// FailBuild decides whether the build of a machine that has just been
	// created ends in ERROR. It must not call the server.
	FailBuild func(VM) bool

	// FailImage decides whether a new image (a fetch, a snapshot, a copy) ends
	// as killed. It must not call the server.
	FailImage func(Image) bool
}

// Timing says how long the service takes, in clock time. A zero field is the
// default named beside it; a negative one means at once.
type Timing struct {
	Build  time.Duration // vm/create, vm/reimage: 60 s
	Task   time.Duration // starting, stopping, rebooting and the like: 10 s
	Image  time.Duration // an image from queued to active: 45 s
	Volume time.Duration // a new volume until available, a detached one until free: 5 s
}

// NoncePolicy is what the service asks of nonces beside the window. What the real
// service asks is not known; every vendor client runs with NonceWindow only.
type NoncePolicy int

const (
	// NonceWindow accepts every nonce inside the window, again and again.
	NonceWindow NoncePolicy = iota
	// NonceNoReplay refuses a request that was accepted before: the same
	// signature within the window.
	NonceNoReplay
	// NonceIncrease refuses a nonce that is not greater than the last accepted.
	NonceIncrease
)

// Validate tells what in c would make a server that no client can talk to.
func (c Config) Validate() error {
	if n := len(c.APIID); n != 0 && n != apiIDLength {
		return fmt.Errorf("lunanode simulator: the API id has %d characters, it must have %d", n, apiIDLength)
	}
	if n := len(c.APIKey); n != 0 && n != apiKeyLength {
		return fmt.Errorf("lunanode simulator: the API key has %d characters, it must have %d", n, apiKeyLength)
	}
	if c.SourceIP != "" && net.ParseIP(c.SourceIP) == nil {
		return fmt.Errorf("lunanode simulator: source address %q is not an IP address", c.SourceIP)
	}
	for _, name := range c.AllowedActions {
		if _, ok := catalogue().byDottedName(name); !ok {
			return fmt.Errorf("lunanode simulator: allowed action %q is not known; write category.action, such as vm.list", name)
		}
	}
	return nil
}

func (c Config) withDefaults() Config {
	if c.Clock == nil {
		c.Clock = machineClock{}
	}
	if c.NonceClock == nil {
		c.NonceClock = c.Clock
	}
	made := newRandomness(c.Seed)
	if c.APIID == "" {
		c.APIID = made.word(apiIDLength)
	}
	if c.APIKey == "" {
		c.APIKey = made.hex(apiKeyLength)
	}
	setDefault(&c.NonceWindow, 300*time.Second)
	setDefault(&c.MaxBody, 8<<20)
	setDefault(&c.Timing.Build, 60*time.Second)
	setDefault(&c.Timing.Task, 10*time.Second)
	setDefault(&c.Timing.Image, 45*time.Second)
	setDefault(&c.Timing.Volume, 5*time.Second)
	return c
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }
