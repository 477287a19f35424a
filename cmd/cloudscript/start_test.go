package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What packages make before main begins, all commands pay for: nothing that most do
// not need. Bytes tell it the same on every machine; a third is of a library that
// reads its own source then.
func TestPackagesMakeLittleBeforeMain(t *testing.T) {
	cmd := command(t, "version")
	cmd.Env = append(cmd.Env, "GODEBUG=inittrace=1")
	var trace bytes.Buffer
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	const most = 640_000
	ofTests := []string{"github.com/google/go-cmp/", "github.com/hinshun/", "github.com/rogpeppe/", "github.com/cloudscript/cloudscript/internal/luacatstest"}
	sum, packages := 0, 0
	for line := range strings.Lines(trace.String()) {
		var name string
		var bytes int
		_, figures, _ := strings.Cut(line, " clock, ")
		if _, err := fmt.Sscanf(line, "init %s", &name); err != nil {
			continue
		}
		if _, err := fmt.Sscanf(figures, "%d bytes", &bytes); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if slices.ContainsFunc(ofTests, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			continue
		}
		sum += bytes
		packages++
	}
	if sum > most || packages < 20 {
		t.Errorf("%d bytes of at most %d, by %d packages:\n%s", sum, most, packages, trace.String())
	}
}
