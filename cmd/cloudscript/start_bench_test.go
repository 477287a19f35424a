package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkStart is the whole process from start to exit, as a shell sees it. The
// yardstick beside it is a Go program that does nothing. The median tells more than
// the mean on a machine that does other things as well.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	program := build(b, filepath.Join(dir, "cloudscript"), ".")
	nothing := filepath.Join(dir, "nothing.go")
	if err := os.WriteFile(nothing, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	empty := filepath.Join(dir, "empty.lua")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	yardstick := build(b, filepath.Join(dir, "nothing"), nothing)
	for _, c := range []struct {
		name string
		argv []string
	}{
		{"nothing in Go", []string{yardstick}},
		{"empty script", []string{program, "run", empty}},
		{"empty script, rehearsed", []string{program, "run", "--sim", empty}},
		{"version", []string{program, "version"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				if out, err := exec.Command(c.argv[0], c.argv[1:]...).CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		})
	}
}

func build(b *testing.B, out, source string) string {
	b.Helper()
	if text, err := exec.Command("go", "build", "-trimpath", "-o", out, source).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, text)
	}
	return out
}
