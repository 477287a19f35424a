package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
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
	quiet       bool
	simSeed     string
	simFaults   []string
	simLimits   bool
	script      string     // modules are looked for beside it
	report      *runReport // nil: none is asked for
	recordOptions
	grantOptions
	limitOptions // of commands that have a flag for it
}

func (o *worldOptions) flags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.sim, "sim", false, "rehearse against a simulator in this process, in virtual time; no account is needed")
	flags.StringVar(&o.simSeed, "sim-seed", "", "with --sim: a `FILE` in TOML or JSON with what the clouds hold at first")
	repeated(flags, &o.simFaults, "sim-fault", "", "with --sim: "+faultFlag)
	flags.BoolVar(&o.simLimits, "sim-limits", false, "with --sim: limit the rate of calls as the published guide of Cloud Servers says")
	flags.StringVar(&o.profile, "profile", "", "the `NAME` of the profile in the credentials file")
	flags.StringVar(&o.credentials, "credentials", "", "the credentials `FILE`")
	flags.BoolVar(&o.trace, "trace", false, "print a line for each call of a cloud, and for each long pause in one, to standard error; also "+envTrace+"=1")
	flags.BoolVar(&o.quiet, "quiet", false, "show no progress of long calls")
	o.recordOptions.flags(flags)
	o.grantOptions.flags(flags)
}

// A world is what a run acts on.
type world struct {
	runtime *runtime.Runtime
	random  *rand.Rand // nil: from the run's id
	retries atomic.Int64
	close   func()
}

// counting counts the requests that clients have repeated.
func (w *world) counting(next apiclient.Tracer) apiclient.Tracer {
	return func(ctx context.Context, e apiclient.Event) {
		w.retries.Add(int64(max(e.Attempts-1, 0)))
		if next != nil {
			next(ctx, e)
		}
	}
}

// A credentialSource knows the accounts of both clouds: the user's, or those of
// a rehearsal.
type credentialSource interface {
	Rackspace() rackspace.CredentialSource
	LunaNode() lunanode.CredentialSource
}

// clouds are what clients need to reach them, or what stands in their place.
type clouds struct {
	source    credentialSource
	clock     runtime.Clock
	sessions  rackspace.SessionOptions
	transport apiclient.TransportOptions
	retry     apiclient.RetryPolicy
	web       http.RoundTripper // for the script's own requests; nil leaves them as they are
}

// connect finds the clouds: the real ones, a simulator, or a recording. What it opens ends
// with the world.
func (w *world) connect(s *streams, o worldOptions) (*clouds, error) {
	c := &clouds{clock: clock.System, sessions: keptSessions()}
	switch {
	case o.sim:
		rehearsal, err := startRehearsal(time.Now(), o)
		if err != nil {
			return nil, err
		}
		c.source, c.clock, c.sessions = rehearsal, rehearsal.clock, rackspace.SessionOptions{}
		c.retry.Jitter = evenJitter
		w.random = randomFrom(0) // a rehearsal repeats itself
		w.atClose(func() {
			reportIdleFaults(s.err, rehearsal.sim)
			_ = rehearsal.sim.Close()
		})
	case o.replay != "":
		replay, err := openReplay(o.replay)
		if err != nil {
			return nil, err
		}
		c.source, c.clock, c.sessions = replay, replay.clock, rackspace.SessionOptions{}
		c.transport.RoundTripper, w.random = replay, randomFrom(replay.Seed)
		c.web = recordedWeb{replay.Web()}
		c.retry.Jitter = evenJitter
		w.atClose(func() { replay.end(s.err) })
	default:
		c.source = credentials.New(credentials.Config{Path: o.credentials, Profile: o.profile, Getenv: s.getenv})
	}
	if o.record != "" {
		if err := w.record(s, o.record, c); err != nil {
			w.close()
			return nil, err
		}
	}
	return c, nil
}

// atClose adds something to do at the end, before what was added earlier.
func (w *world) atClose(f func()) {
	earlier := w.close
	w.close = func() {
		f()
		earlier()
	}
}

// openWorld puts clients, bindings and a runtime together. It does not touch the
// network and reads no credentials; the first call does.
func openWorld(s *streams, o worldOptions) (*world, error) {
	library, err := o.grantOptions.stdlib()
	if err != nil {
		return nil, err
	}
	library.Log = o.report.logger(newScriptLog(s.err))
	if !o.sim && (o.simSeed != "" || len(o.simFaults) > 0 || o.simLimits) {
		return nil, &usageError{message: "--sim-seed, --sim-fault and --sim-limits are for a rehearsal", hint: "add --sim"}
	}
	if err := o.checkRecording(); err != nil {
		return nil, err
	}
	policy, err := o.policy()
	if err != nil {
		return nil, err
	}
	w := &world{close: func() {}}
	clouds, err := w.connect(s, o)
	if err != nil {
		return nil, err
	}
	if clouds.web != nil {
		library.HTTP.Client = &http.Client{Transport: clouds.web}
	}
	var trace apiclient.Tracer
	var pauses apiclient.PauseObserver
	if o.trace || s.getenv(envTrace) != "" {
		trace, pauses = tracer(s.err)
	}
	o.report.begin(clouds.clock, o.sim || o.replay != "", s.getenv)
	trace = w.counting(o.report.tracer(trace))
	redact := o.report.redactor() // one for both, so that neither cloud's errors show the other's secrets
	servers := rackspace.New(rackspace.Config{Credentials: clouds.source.Rackspace(), Clock: clouds.clock, Trace: trace, Sessions: clouds.sessions, Transport: clouds.transport, Redactor: redact, Retry: clouds.retry, Pauses: pauses,
		Limiter: apiclient.NewRateLimiter(apiclient.RateOptions{Clock: clouds.clock})})
	lunaNode := lunanode.New(lunanode.Config{Credentials: clouds.source.LunaNode(), Clock: clouds.clock, Trace: trace, HTTP: clouds.transport, Redactor: redact, Retry: clouds.retry, Pauses: pauses,
		Limiter: apiclient.NewRateLimiter(apiclient.RateOptions{Clock: clouds.clock})})
	w.atClose(func() {
		servers.Close()
		lunaNode.Close()
	})
	config := runtime.Config{
		Modules: slices.Concat(
			stdlib.Modules(library),
			bindings.Rackspace(servers),
			bindings.LunaNode(lunaNode),
		),
		Clock:   clouds.clock,
		Policy:  policy,
		Require: modulesBeside(o.script),
	}
	if s.progress != nil && !s.json && !o.quiet {
		config.OnProgress = s.progress.take
	}
	if w.runtime, err = runtime.New(config); err != nil {
		w.close()
		return nil, &usageError{message: strings.TrimPrefix(err.Error(), "runtime: "), hint: ruleHint}
	}
	if err := o.limitOptions.check(w.runtime); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}
