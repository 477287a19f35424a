package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every example runs under --sim, succeeds, and prints what its file in
// testdata/examples says. UPDATE_EXAMPLES=1 writes those anew.
func TestExamples(t *testing.T) {
	scripts, err := filepath.Glob("../../scripts/examples/*.lua")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, script := range scripts {
		name := filepath.Base(script)
		t.Run(name, func(t *testing.T) {
			cmd := command(t, "run", "--sim", script)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			if err := cmd.Run(); err != nil || stderr.Len() > 0 {
				t.Fatalf("%v\n%s", err, stderr.String())
			}
			golden := filepath.Join("testdata/examples", name+".out")
			if os.Getenv("UPDATE_EXAMPLES") != "" {
				if err := os.WriteFile(golden, stdout.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), stdout.String()); diff != "" {
				t.Errorf("the output differs (- want, + got):\n%s", diff)
			}
			if info, err := os.Stat(script); err != nil || info.Mode()&0o111 == 0 {
				t.Errorf("the example cannot be executed: %v (%v)", info.Mode(), err)
			}
		})
	}
}
