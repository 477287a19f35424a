package main

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestTheProcessIsBoundWhileRunsWithALimitGoOn(t *testing.T) {
	now := func() int64 { return debug.SetMemoryLimit(-1) }
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
	for _, limit := range []int64{0, math.MaxInt64} {
		release := boundProcess(limit)
		if now() != math.MaxInt64 {
			t.Errorf("a limit of %d bounds the process to %d", limit, now())
		}
		release()
	}
	const limit = 1 << 40
	release := boundProcess(limit)
	if got := now(); got <= limit+processSlack || got > limit+processSlack+processMemory()+1<<30 {
		t.Errorf("the process may take %d bytes", got)
	}
	release()
	if now() != math.MaxInt64 {
		t.Errorf("the process stays bound to %d", now())
	}
	debug.SetMemoryLimit(1 << 50) // as GOMEMLIMIT does
	release = boundProcess(limit)
	if now() != 1<<50 {
		t.Errorf("what the environment says became %d", now())
	}
	release()
	if now() != 1<<50 {
		t.Errorf("what the environment says is gone: %d", now())
	}
}
