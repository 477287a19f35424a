package runtime

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
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
			if bytes.Contains(source, []byte("cleanup(")) {
				continue // clean-up has an allowance of its own, also after a cancellation
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

// How long a run goes on after it was cancelled while all of its tasks wait in a verb,
// beside goroutines that wait for the same context.
func BenchmarkStopWaiting(b *testing.B) {
	const tasks = 10_000
	for name, body := range map[string]string{
		"plain":   `each(items, function() wait() end, {limit = #items})`,
		"pcall":   `each(items, function() pcall(function() wait() end) end, {limit = #items})`,
		"spawn":   `for i = 1, #items do try.spawn(function() wait() end) end`,
		"applied": `each(items, function() try.apply(wait) end, {limit = #items})`,
		"nested":  `each({1, 2, 3, 4}, function() each(quarter, function() pcall(wait) end, {limit = #quarter}) end, {limit = 4})`,
	} {
		b.Run(name, func(b *testing.B) {
			rt, all := waiting(b, tasks, func(c *Config) { c.Limits.Memory = 512 << 20 })
			p, err := Compile("bench.lua", []byte(`
local each, wait, items, quarter = try.each, wait.ing, {}, {}
for i = 1, params.n do items[i] = i end
for i = 1, params.n / 4 do quarter[i] = i end
`+body))
			if err != nil {
				b.Fatal(err)
			}
			var total, longest time.Duration
			for range b.N {
				ctx, cancel := context.WithCancel(context.Background())
				var cancelled time.Time
				go func() { <-all; cancelled = time.Now(); cancel() }()
				_, _ = rt.Run(ctx, p, RunOptions{Params: map[string]any{"n": tasks}})
				d := time.Since(cancelled)
				total, longest = total+d, max(longest, d)
			}
			b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms-mean")
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
		})
	}
	b.Run("goroutines", func(b *testing.B) {
		var total time.Duration
		for range b.N {
			ctx, cancel := context.WithCancel(context.Background())
			var wg, ready sync.WaitGroup
			ready.Add(tasks)
			for range tasks {
				wg.Go(func() { ready.Done(); <-ctx.Done() })
			}
			ready.Wait()
			cancelled := time.Now()
			cancel()
			wg.Wait()
			total += time.Since(cancelled)
		}
		b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms-mean")
	})
}
