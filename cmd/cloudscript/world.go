package main

import (
	"math/rand/v2"

	"github.com/cloudscript/cloudscript/runtime"
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
	flags.BoolVar(&o.sim, "sim", false, "rehearse against a simulator in this process; no account is needed")
	flags.StringVar(&o.profile, "profile", "", "the `NAME` of the profile in the credentials file")
	flags.StringVar(&o.credentials, "credentials", "", "the credentials `FILE`")
	flags.BoolVar(&o.trace, "trace", false, "print a line for each call to standard error")
}

// A world is what a run acts on.
type world struct {
	runtime *runtime.Runtime
	random  *rand.Rand // nil: from the run's id
	close   func()
}

// openWorld puts a runtime together. It does not touch the network.
func openWorld(s *streams, o worldOptions) (*world, error) {
	rt, err := runtime.New(runtime.Config{})
	if err != nil {
		return nil, err
	}
	return &world{runtime: rt, close: func() {}}, nil
}
