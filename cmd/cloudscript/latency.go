package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// latency is how long a call of a simulated cloud takes in virtual time, before
// what the cloud itself needs.
const latency = 20 * time.Millisecond

// withLatency makes every call of the modules take a little virtual time. Calls
// that parallel tasks make at the same moment end one after the other then, in
// the order of the tasks and not in the order in which requests happened to
// arrive, so that a rehearsal repeats itself to the last id.
func withLatency(clock runtime.Clock, modules []runtime.Module) []runtime.Module {
	modules = slices.Clone(modules)
	for i := range modules {
		modules[i].Verbs = slices.Clone(modules[i].Verbs)
		for j := range modules[i].Verbs {
			verb := &modules[i].Verbs[j]
			call := verb.Func
			if call == nil {
				continue
			}
			verb.Func = func(ctx context.Context, c *runtime.Call) (any, error) {
				if err := clock.Sleep(ctx, delay(c.Path())); err != nil {
					return nil, err
				}
				return call(ctx, c)
			}
		}
	}
	return modules
}

// delay is the latency of one call. It tells apart the same call of different
// tasks: a microsecond for each item of a parallel, a nanosecond for each of one
// within it. The path "3[2].1" is the first call of the second item.
func delay(path string) time.Duration {
	d, unit := latency, time.Microsecond
	for _, part := range strings.Split(path, "[")[1:] {
		index, _, _ := strings.Cut(part, "]")
		n, err := strconv.Atoi(index)
		if err != nil || unit == 0 {
			break
		}
		d += time.Duration(n%1000) * unit
		unit /= 1000
	}
	return d
}
