package main

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/bindings"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
	"github.com/spf13/pflag"
)

// worldOptions say which clouds a run sees.
type worldOptions struct {
	sim         bool
	profile     string
	credentials string
	trace       bool
}

func (o *worldOptions) flags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.sim, "sim", false, "rehearse against a simulator in this process, in virtual time; no account is needed")
	flags.StringVar(&o.profile, "profile", "", "the `NAME` of the profile in the credentials file")
	flags.StringVar(&o.credentials, "credentials", "", "the credentials `FILE`")
	flags.BoolVar(&o.trace, "trace", false, "print a line for each call of a cloud to standard error; also "+envTrace+"=1")
}

// A world is what a run acts on.
type world struct {
	runtime *runtime.Runtime
	random  *rand.Rand // nil: from the run's id
	close   func()
}

// A credentialSource knows the accounts of both clouds: the user's, or those of
// a rehearsal.
type credentialSource interface {
	Rackspace() rackspace.CredentialSource
	LunaNode() lunanode.CredentialSource
}

// openWorld puts clients, bindings and a runtime together. It does not touch the
// network and reads no credentials; the first call does.
func openWorld(s *streams, o worldOptions) (*world, error) {
	var source credentialSource = credentials.New(credentials.Config{Path: o.credentials, Profile: o.profile, Getenv: s.getenv})
	w := &world{close: func() {}}
	clk := clock.System
	if o.sim {
		rehearsal, err := startRehearsal(time.Now())
		if err != nil {
			return nil, err
		}
		source, clk = rehearsal, rehearsal.clock
		w.random = rand.New(rand.NewPCG(0, 0)) // a rehearsal repeats itself
		w.close = func() { _ = rehearsal.sim.Close() }
	}
	var trace apiclient.Tracer
	if o.trace || s.getenv(envTrace) != "" {
		trace = tracer(s.err)
	}
	servers := rackspace.New(rackspace.Config{Credentials: source.Rackspace(), Clock: clk, Trace: trace})
	lunaNode := lunanode.New(lunanode.Config{Credentials: source.LunaNode(), Clock: clk, Trace: trace})
	closeClouds := w.close
	w.close = func() {
		servers.Close()
		lunaNode.Close()
		closeClouds()
	}
	config := runtime.Config{
		Modules: slices.Concat(
			stdlib.Modules(stdlib.Config{Log: newScriptLog(s.err)}),
			bindings.Rackspace(servers),
			bindings.LunaNode(lunaNode),
		),
		Clock: clk,
	}
	if s.status != nil && !s.json {
		config.OnProgress = s.status.show
	}
	var err error
	w.runtime, err = runtime.New(config)
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}
