package runtime

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// How long a hostile script goes on after its run was cancelled: the longest of
// all scripts of the corpus that do not end by themselves, each cancelled in the
// middle of what it does. Only memory is limited, for the machine's sake.
func BenchmarkStop(b *testing.B) {
	paths, err := filepath.Glob("testdata/hostile/*.lua")
	if err != nil || len(paths) == 0 {
		b.Fatal(err)
	}
	rt := newCloud(b, func(c *Config) { c.Clock, c.Limits = nil, Limits{Memory: 256 << 20} })
	var longest time.Duration
	var slowest string
	n := 0
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
			ctx, cancel := context.WithCancel(context.Background())
			var cancelled time.Time
			timer := time.AfterFunc(30*time.Millisecond, func() { cancelled = time.Now(); cancel() })
			_, _ = rt.Run(ctx, p, RunOptions{})
			ended := time.Now()
			if !timer.Stop() {
				n++
				d := ended.Sub(cancelled)
				if d > longest {
					longest, slowest = d, strings.TrimSuffix(filepath.Base(path), ".lua")
				}
				if testing.Verbose() {
					b.Log(d.Round(100*time.Microsecond), filepath.Base(path))
				}
			}
			cancel()
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
	b.ReportMetric(float64(n), "stopped")
	b.Logf("the longest was %s", slowest)
}
