package runtime

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// hostileLimits are small, so that each script of the corpus ends soon. None is of
// time: the virtual clock stands while a script computes, and so how a script ends
// does not depend on how busy the machine is.
var hostileLimits = Limits{Steps: 3e5, Memory: 32 << 20, Calls: 1000, Tasks: 20, Output: 1 << 20}

// endsAs runs a script of testdata/hostile and compares its end with the first
// line, "-- ends with KIND: part of the text" or "-- ends with ok";
// alternatives are joined by "or". Lines below it may set limits, see ownLimit.
func endsAs(t *testing.T, rt *Runtime, path string) {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(string(source), "\n")
	want, ok := strings.CutPrefix(first, "-- ends with ")
	if !ok {
		t.Fatalf("%s does not begin with how it ends", path)
	}
	_, err = script(t, rt, string(source), func(o *RunOptions) {
		for strings.HasPrefix(rest, "--") {
			first, rest, _ = strings.Cut(rest, "\n")
			ownLimit(&o.Limits, first)
		}
	})
	if want == "ok" {
		if err != nil {
			t.Errorf("%s: %s", path, renderError(err))
		}
		return
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%s: ended with %v, want %s", path, err, want)
		return
	}
	for _, one := range strings.Split(want, " or ") {
		kind, part, _ := strings.Cut(one, ":")
		if string(e.Kind) == kind && strings.Contains(e.text(), strings.TrimSpace(part)) {
			return
		}
	}
	t.Errorf("%s: ended with %s: %s, want %s", path, e.Kind, e.text(), want)
}

// ownLimit reads a line of a script that sets a limit: "-- steps N" is for scripts
// whose steps are long, "-- recursion N" and "-- calls VERBS N" are what the others are
// not about.
func ownLimit(limits *Limits, line string) {
	var verbs string
	var n int64
	if k, _ := fmt.Sscanf(line, "-- calls %s %d", &verbs, &n); k == 2 {
		limits.CallsOf = map[string]int64{verbs: n}
	}
	_, _ = fmt.Sscanf(line, "-- steps %d", &limits.Steps)
	_, _ = fmt.Sscanf(line, "-- recursion %d", &limits.Recursion)
}

func hostileScripts(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/hostile/*.lua")
	if err != nil || len(paths) < 60 {
		t.Fatalf("%d scripts, %v", len(paths), err)
	}
	return paths
}

func newHostile(t *testing.T) *Runtime {
	return newCloud(t, func(c *Config) { c.Limits = hostileLimits })
}

func TestHostileScripts(t *testing.T) {
	if raceDetector {
		t.Skip("TestHostileScriptsAtOnce runs them")
	}
	rt := newHostile(t)
	for _, path := range hostileScripts(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".lua"), func(t *testing.T) {
			start := time.Now()
			most := hostileLimits.Memory + 64<<20
			if strings.Contains(path, "cleanup") {
				most += cleanupMemory
			}
			peak := staysWithin(t, most, func() { endsAs(t, rt, path) })
			if testing.Verbose() {
				t.Log(time.Since(start).Round(time.Millisecond), peak>>20, "MiB")
			}
		})
	}
}

// staysWithin fails if f takes more than most bytes of heap, three times out of three: what
// watches the heap may get no processor for a while.
func staysWithin(t *testing.T, most int64, f func()) (peak int64) {
	t.Helper()
	for range 3 {
		if peak = peakHeap(f); peak <= most {
			return peak
		}
	}
	t.Errorf("the process took %s more than before", sizeText(peak))
	return peak
}

// peakHeap is how much larger the heap is seen to be while f runs than before.
func peakHeap(f func()) (peak int64) {
	goruntime.GC()
	before := memoryBytes()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		look := time.NewTicker(500 * time.Microsecond)
		defer look.Stop()
		for {
			select {
			case <-look.C:
				peak = max(peak, memoryBytes()-before)
			case <-stop:
				return
			}
		}
	}()
	f()
	close(stop)
	<-stopped
	return peak
}

// All kinds at once, a hundred together with good scripts among them that notice
// nothing.
func TestHostileScriptsAtOnce(t *testing.T) {
	rt := newHostile(t)
	var wg sync.WaitGroup
	for i, path := range hostileScripts(t) {
		wg.Go(func() { endsAs(t, rt, path) })
		if i%4 == 0 {
			wg.Go(func() {
				prints(t, rt, `local n = 0 for i = 1, 1000 do n = n + i end print(n, servers.get(1).id)`, "500500\t1\n")
			})
		}
	}
	wg.Wait()
}
