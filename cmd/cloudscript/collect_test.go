package main

import (
	goruntime "runtime"
	"runtime/debug"
	"testing"
)

func TestOnlyTheFirstCollectionIsLate(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	percent := func() int {
		now := debug.SetGCPercent(-1)
		debug.SetGCPercent(now)
		return now
	}
	collectLate()
	if got := percent(); got != 400 {
		t.Errorf("at first %d", got)
	}
	for percent() != 100 { // clean-ups run some time after the collection
		goruntime.GC()
	}
	debug.SetGCPercent(50)
	collectLate()
	if got := percent(); got != 50 {
		t.Errorf("the user's own became %d", got)
	}
}
