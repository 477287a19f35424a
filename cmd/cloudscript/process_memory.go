package main

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
)

// processSlack is how much memory the process may have beyond what it had before and what
// its runs may hold on to, in bytes, before Go gives back what it has no use for.
const processSlack = 48 << 20

// boundProcess has Go give memory that it has no use for back to the system, until
// release, while what runs may take limit bytes, 0 for any number: otherwise the process
// keeps as much as it once needed. A bound that GOMEMLIMIT sets stands.
func boundProcess(limit int64) (release func()) {
	if limit == 0 || limit > math.MaxInt64/2 || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return func() {}
	}
	debug.SetMemoryLimit(processMemory() + limit + processSlack)
	return func() { debug.SetMemoryLimit(math.MaxInt64) }
}

// processMemory is what Go has of the system's memory, in bytes.
func processMemory() int64 {
	sample := [2]metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample[:])
	return int64(sample[0].Value.Uint64() - sample[1].Value.Uint64())
}
