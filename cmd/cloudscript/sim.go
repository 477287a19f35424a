package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
	"github.com/spf13/cobra"
)

// simOptions are what the sim command was asked for.
type simOptions struct {
	listen     string
	speed      float64
	randomSeed uint64
	seed       string
	faults     []string
	limits     bool
}

func newSimCommand(s *streams) *cobra.Command {
	var opts simOptions
	cmd := &cobra.Command{
		Use:   "sim",
		Short: "Serve a simulator of both clouds",
		Long: `Serve a simulator of both clouds until interrupted.

Before it serves it prints the environment that points cloudscript at it, in a
form that a shell can eval. Whatever is created in it is gone when it ends.`,
		Example: `  cloudscript sim --speed 60 > sim.env &
  . ./sim.env        # or in another terminal
  cloudscript run -e 'show(flavors.list())'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return serveSimulator(cmd.Context(), s, opts) },
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.listen, "listen", "127.0.0.1:0", "the `ADDRESS` to serve at; port 0 picks a free one")
	flags.Float64Var(&opts.speed, "speed", 1, "a `NUMBER`: how many seconds pass in the simulator in one second")
	flags.StringVar(&opts.seed, "seed", "", "a `FILE` in TOML or JSON with what the clouds hold at first")
	repeated(flags, &opts.faults, "fault", "", faultFlag)
	flags.BoolVar(&opts.limits, "limits", false, "limit the rate of calls as the published guide of Cloud Servers says")
	flags.Uint64Var(&opts.randomSeed, "seed-random", 0, "a `NUMBER` that ids, keys and passwords follow from")
	return cmd
}

// rateLimits are the documented ones, or none.
func rateLimits(limited bool) []cloudservers.RateLimit {
	if !limited {
		return nil
	}
	return cloudservers.DocumentedRateLimits()
}

// simHint tells a mistake in the address from those in faults and seeds, whose errors say
// what they take.
func simHint(err error) string {
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return "--listen takes HOST:PORT, such as 127.0.0.1:8080"
	}
	return "cloudscript sim --help lists the flags"
}

func serveSimulator(ctx context.Context, s *streams, o simOptions) error {
	if !(o.speed > 0 && o.speed <= 1e6) {
		return &usageError{message: fmt.Sprintf("--speed %v: not between 0 and a million", o.speed), hint: "with --speed 60 a minute passes in a second"}
	}
	state, err := readSeed(o.seed)
	if err != nil {
		return err
	}
	sim, err := simulator.Start(simulator.Config{
		Listen: o.listen, Clock: simulator.Scaled(o.speed), RandomSeed: o.randomSeed, State: state, Faults: o.faults,
		CloudServers: cloudservers.Config{RateLimits: rateLimits(o.limits), Gzip: true},
		// Callers sign with the machine's time, however fast it passes here.
		LunaNode: lunanode.Config{NonceClock: simulator.Scaled(1)},
	})
	if err != nil {
		return &usageError{message: err.Error(), hint: faultHint(err, simHint(err))}
	}
	defer sim.Close()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	for _, line := range sim.Env() {
		if _, err := fmt.Fprintln(s.out, "export", line); err != nil {
			return fmt.Errorf("cannot print the environment: %w", err)
		}
	}
	<-ctx.Done()
	reportIdleFaults(s.err, sim)
	return nil // being interrupted is how this command ends
}
