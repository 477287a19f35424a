package main

import (
	"os"
	"strings"
	"testing"
)

var simNames = []string{
	"CLOUDSCRIPT_AUTH_URL", "CLOUDSCRIPT_USERNAME", "CLOUDSCRIPT_API_KEY",
	"CLOUDSCRIPT_LUNANODE_URL", "CLOUDSCRIPT_LUNANODE_API_ID", "CLOUDSCRIPT_LUNANODE_API_KEY",
}

// startSim starts cloudscript sim and returns the environment that it prints.
func startSim(t *testing.T, args ...string) (*process, []string) {
	t.Helper()
	sim := start(t, command(t, append([]string{"sim"}, args...)...))
	var env []string
	for _, name := range simNames {
		line := sim.line()
		value, ok := strings.CutPrefix(line, "export "+name+"=")
		if !ok || value == "" || strings.ContainsAny(value, " \t'\"$`\\;&|<>") {
			t.Fatalf("line %q is not %s=… in a shell's words", line, name)
		}
		env = append(env, name+"="+value)
	}
	return sim, env
}

func TestSimPrintsTheEnvironmentAndServes(t *testing.T) {
	sim, env := startSim(t, "--speed", "3600")
	if !strings.HasPrefix(env[0], "CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:") {
		t.Errorf("%s is not on loopback", env[0])
	}
	if err := sim.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := sim.end(); code != 0 {
		t.Errorf("interrupted, it exits with %d", code)
	}
}

func TestSimIsReproducible(t *testing.T) {
	_, first := startSim(t, "--seed-random", "7")
	_, second := startSim(t, "--seed-random", "7")
	_, other := startSim(t, "--seed-random", "8")
	for i, name := range simNames {
		if strings.HasSuffix(name, "_URL") {
			continue
		}
		if first[i] != second[i] {
			t.Errorf("%s differs under the same seed", name)
		}
		if strings.HasSuffix(name, "_KEY") && first[i] == other[i] {
			t.Errorf("%s is the same under another seed", name)
		}
	}
}
