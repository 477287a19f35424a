package runtime

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stopMoments are how long after its start a run is cancelled: what a script does
// at a moment, such as copying what it has gathered, is not what it does at another.
var stopMoments = []time.Duration{5 * time.Millisecond, 20 * time.Millisecond, 35 * time.Millisecond, 50 * time.Millisecond, 80 * time.Millisecond, 120 * time.Millisecond}

// How long a hostile script goes on after its run was cancelled: the longest of
// all scripts of the corpus that do not end by themselves, each cancelled at
// several moments. Only memory is limited, for the machine's sake.
func BenchmarkStop(b *testing.B) {
	paths, err := filepath.Glob("testdata/hostile/*.lua")
	if err != nil || len(paths) == 0 {
		b.Fatal(err)
	}
	rt := newCloud(b, func(c *Config) { c.Clock, c.Limits = nil, Limits{Memory: 256 << 20} })
	var longest time.Duration
	var slowest string
	stopped := 0
	for b.Loop() {
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			p, err := Compile(path, source)
			if err != nil {
				b.Fatal(err)
			}
			for _, moment := range stopMoments {
				d, late := stopAfter(rt, p, moment)
				if !late {
					break // it ends by itself, and did so earlier
				}
				stopped++
				name := strings.TrimSuffix(filepath.Base(path), ".lua")
				if d > longest {
					longest, slowest = d, name
				}
				if testing.Verbose() {
					b.Log(d.Round(100*time.Microsecond), name, "after", moment)
				}
			}
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
	b.ReportMetric(float64(stopped), "stopped")
	b.Logf("the longest was %s", slowest)
}

// stopAfter runs a program, cancels it at a moment and tells how long it went on;
// !late if it had ended by then.
func stopAfter(rt *Runtime, p *Program, moment time.Duration) (d time.Duration, late bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var cancelled time.Time
	timer := time.AfterFunc(moment, func() { cancelled = time.Now(); cancel() })
	_, _ = rt.Run(ctx, p, RunOptions{})
	ended := time.Now()
	return ended.Sub(cancelled), !timer.Stop()
}
