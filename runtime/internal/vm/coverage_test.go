package vm

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var expectedCount = regexp.MustCompile(`-- (\d+)$`)

// expectedCounts are the numbers that the lines of a script end with, in comments.
func expectedCounts(t *testing.T, src string) map[int]int64 {
	t.Helper()
	want := map[int]int64{}
	for i, line := range strings.Split(src, "\n") {
		if m := expectedCount.FindStringSubmatch(line); m != nil {
			want[i+1], _ = strconv.ParseInt(m[1], 10, 64)
		}
	}
	return want
}

// Each line of the script tells how often it runs; lines that tell nothing have
// no code.
func TestCoverage(t *testing.T) {
	src, err := os.ReadFile("testdata/coverage.lua")
	if err != nil {
		t.Fatal(err)
	}
	var c Coverage
	m := newMachine(t, Options{Coverage: &c})
	if _, err := m.run("coverage.lua", string(src), CallOptions{}); err != nil {
		t.Fatal(err)
	}
	got := c.Chunks()
	if len(got) != 1 || got[0].Name != "coverage.lua" {
		t.Fatalf("chunks: %v", got)
	}
	if diff := cmp.Diff(expectedCounts(t, string(src)), got[0].Lines); diff != "" {
		t.Errorf("lines (- want, + got):\n%s", diff)
	}
}

// Several states may share a Coverage, and a module that each of them loads is
// one chunk.
func TestCoverageOfManyStates(t *testing.T) {
	const module = "local M = {}\nfunction M.f() return 1 end\nreturn M"
	var c Coverage
	main, err := Compile("main", []byte(`for _ = 1, 10 do require("m").f() end`), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		m := newMachine(t, Options{Coverage: &c, Source: func(_ *Thread, name string) (string, []byte, error) {
			if name != "m" {
				return "", nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
			}
			return "m.lua", []byte(module), nil
		}})
		group.Go(func() {
			if _, err := m.Call(CallOptions{}, m.Load(main, nil)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	want := []CoveredChunk{
		{Name: "main", Lines: map[int]int64{1: 44}}, // the loop looks at its end, too
		{Name: "m.lua", Lines: map[int]int64{1: 4, 2: 40, 3: 4}},
	}
	if diff := cmp.Diff(want, c.Chunks()); diff != "" {
		t.Errorf("chunks (- want, + got):\n%s", diff)
	}
}
