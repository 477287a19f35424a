package main

import (
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// A rehearsal is a simulator in this process. It is spoken to by real HTTP over
// loopback, and shares a virtual clock with the run: while every task of a
// script waits, time jumps to the moment that the first one waits for. One task
// works at a time, so that a script rehearses the same way each time.
type rehearsal struct {
	clock runtime.Clock
	sim   *simulator.Simulator
}

func startRehearsal(start time.Time, o worldOptions) (*rehearsal, error) {
	state, err := readSeed(o.simSeed)
	if err != nil {
		return nil, err
	}
	r, err := rehearse(start, simulator.Config{
		State: state, Faults: o.simFaults, CloudServers: cloudservers.Config{RateLimits: rateLimits(o.simLimits)},
	})
	if err != nil {
		return nil, &usageError{message: "cannot start the simulator: " + strings.TrimPrefix(err.Error(), "simulator: "), hint: faultHint(err, "check --sim-seed, and --sim-fault: cloudscript help faults")}
	}
	return r, nil
}

// rehearse starts a simulator on a virtual clock of its own.
func rehearse(start time.Time, config simulator.Config) (*rehearsal, error) {
	clock := runtime.NewSerialClock(start)
	config.Clock = clock
	sim, err := simulator.Start(config)
	return &rehearsal{clock: clock, sim: sim}, err
}

const rehearsalOrigin = "the simulator of --sim"

// Rackspace are the credentials of the simulated account, whatever the
// environment says: a rehearsal never reaches a real cloud.
func (r *rehearsal) Rackspace() rackspace.CredentialSource {
	return rackspace.StaticCredentials{
		Username: r.sim.Username(), APIKey: apiclient.Secret(r.sim.APIKey()), AuthURL: r.sim.AuthURL(), Origin: rehearsalOrigin,
	}
}

// LunaNode is the same for the other cloud.
func (r *rehearsal) LunaNode() lunanode.CredentialSource {
	return lunanode.StaticCredentials{
		APIID: r.sim.LunaNodeAPIID(), APIKey: apiclient.Secret(r.sim.LunaNodeAPIKey()), URL: r.sim.LunaNodeURL(), Origin: rehearsalOrigin,
	}
}
