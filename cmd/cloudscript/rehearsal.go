package main

import (
	"fmt"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// A rehearsal is a simulator in this process. It is spoken to by real HTTP over
// loopback, and shares a virtual clock with the run: while every task of a
// script waits, time jumps to the moment that the first one waits for. One task
// works at a time, so that a script rehearses the same way each time.
type rehearsal struct {
	clock runtime.Clock
	sim   *simulator.Simulator
}

func startRehearsal(start time.Time) (*rehearsal, error) {
	clock := runtime.NewSerialClock(start)
	sim, err := simulator.Start(simulator.Config{Clock: clock})
	if err != nil {
		return nil, fmt.Errorf("cannot start the simulator: %w", err)
	}
	return &rehearsal{clock: clock, sim: sim}, nil
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
