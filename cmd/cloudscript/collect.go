package main

import (
	goruntime "runtime"
	"runtime/debug"
)

// collectLate lets the first garbage collection come at a heap of 16 MB instead of 4, and
// all others as usual. What a command makes to start comes to some 4 MB, most of it needed
// once, and to collect that takes a fifth of the time until an empty script has ended. A
// GOGC of the user's own stays as it is.
func collectLate() {
	const usual = 100
	if own := debug.SetGCPercent(4 * usual); own != usual {
		debug.SetGCPercent(own)
		return
	}
	goruntime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}
