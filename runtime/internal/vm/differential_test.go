package vm

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// oracle runs a program in an installed Lua and returns what it prints.
func oracle(t testing.TB, interpreter, src string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	args := []string{"-"}
	if interpreter == "luajit" {
		args = []string{"-joff", "-"} // its compiler has bugs of its own
	}
	cmd := exec.CommandContext(ctx, interpreter, args...)
	cmd.Stdin = bytes.NewReader([]byte(src))
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%s", interpreter, err, &problem, src)
	}
	return string(out)
}

// TestRandomPrograms compares random programs with the installed C Lua. VM_RANDOM
// is how many; VM_SEED is the first seed.
func TestRandomPrograms(t *testing.T) {
	count, _ := strconv.Atoi(os.Getenv("VM_RANDOM"))
	if count == 0 {
		t.Skip("VM_RANDOM is not set")
	}
	start, _ := strconv.ParseUint(os.Getenv("VM_SEED"), 10, 64)
	different := 0
	for seed := start; seed < start+uint64(count); seed++ {
		labels, interpreter := seed%2 == 1, "lua5.1"
		if labels {
			interpreter = "luajit"
		}
		src := generate(seed, labels)
		want := oracle(t, interpreter, src)
		got, err := newMachine(t, Options{}).run("stdin", src, CallOptions{})
		if strings.Contains(want+got, "overflow") {
			continue // how deep is deep differs
		}
		if err != nil || got != want {
			different++
			if dir := os.Getenv("VM_KEEP"); dir != "" {
				base := dir + "/" + strconv.FormatUint(seed, 10)
				os.WriteFile(base+".lua", []byte(src), 0o600)
				os.WriteFile(base+".want", []byte(want), 0o600)
				os.WriteFile(base+".got", []byte(got), 0o600)
			}
			t.Errorf("seed %d (%s) differs, error %v", seed, interpreter, err)
			if different > 20 {
				t.Fatal("too many differences")
			}
		}
	}
	t.Logf("%d programs, %d different", count, different)
}
