package vm

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// oracle runs a program in an installed Lua and returns what it prints.
func oracle(t testing.TB, interpreter, src string) string {
	t.Helper()
	args := []string{"-"}
	if interpreter == "luajit" {
		args = []string{"-joff", "-"} // its compiler has bugs of its own
	}
	cmd := exec.CommandContext(t.Context(), interpreter, args...)
	cmd.Stdin = bytes.NewReader([]byte(src))
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%s", interpreter, err, &problem, src)
	}
	return string(out)
}

// deep lets programs recurse until their fuel is gone.
var deep = Options{CallDepth: 4000}

// bottom lets them nest protected calls and coroutines as deep: LuaJIT bounds only
// its stack, C Lua 5.1 as much as Options does by itself.
var bottom = Options{CallDepth: 100000, Nesting: 4000}

// labelled says whether the program of a seed has gotos, and which Lua knows them.
func labelled(seed uint64) (labels bool, interpreter string) {
	if seed%2 == 1 {
		return true, "luajit"
	}
	return false, "lua5.1"
}

var address = regexp.MustCompile(`(table|function|thread): (0x[0-9a-f]+|builtin#\d+)`)

// normal removes what is known to differ: gopher-lua has no negative zero, and the
// library shows numbers for addresses.
func normal(out string) string {
	out = address.ReplaceAllString(out, "$1")
	var b strings.Builder
	for i := 0; i < len(out); i++ {
		if out[i] == '-' && strings.HasPrefix(out[i:], "-0") && !strings.HasPrefix(out[i:], "-0.") {
			continue
		}
		b.WriteByte(out[i])
	}
	return b.String()
}

// bottomless reports a program that recursed until something was full, which
// happens at another depth in every Lua.
func bottomless(out string) bool {
	return strings.Contains(out, "overflow") || strings.Contains(out, "error in error handling")
}

// TestRandomPrograms compares random programs with the installed C Lua. VM_RANDOM
// is how many; VM_SEED is the first seed.
func TestRandomPrograms(t *testing.T) {
	count, _ := strconv.Atoi(os.Getenv("VM_RANDOM"))
	if count == 0 {
		t.Skip("VM_RANDOM is not set")
	}
	start, _ := strconv.ParseUint(os.Getenv("VM_SEED"), 10, 64)
	different, skipped, zeros := 0, 0, 0
	for seed := start; seed < start+uint64(count); seed++ {
		labels, interpreter := labelled(seed)
		src := generate(seed, labels)
		got, err := newMachine(t, deep).run("stdin", src, CallOptions{Budget: NewBudget(BudgetOptions{MaxAlloc: 1 << 20})})
		var alloc *AllocError
		if errors.As(err, &alloc) { // a string that doubles
			skipped++
			continue
		}
		want := oracle(t, interpreter, src)
		if bottomless(want + got) {
			skipped++
			continue
		}
		if err == nil && normal(got) == normal(want) {
			continue
		}
		if err == nil && samePositive(t, seed) {
			zeros++
			continue
		}
		if again, err := newMachine(t, bottom).run("stdin", src, CallOptions{}); err == nil && normal(again) == normal(want) {
			skipped++ // a caught overflow, of which the program printed nothing
			continue
		}
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
	t.Logf("%d programs, %d different, %d bottomless, %d only by negative zeros", count, different, skipped, zeros)
}

// samePositive reports whether the program of a seed prints the same when it has
// no negative zero: normal removes only the sign of those that it can see.
func samePositive(t *testing.T, seed uint64) bool {
	t.Helper()
	labels, interpreter := labelled(seed)
	src := generatePositive(seed, labels)
	got, err := newMachine(t, deep).run("stdin", src, CallOptions{})
	return err == nil && normal(got) == normal(oracle(t, interpreter, src))
}

const (
	recordFile = "testdata/random.txt"
	recorded   = 300
	recordHead = "== program "
)

// TestRecordedPrograms compares random programs with what C Lua printed for
// them. VM_UPDATE=1 records that again, after a change of the generator.
func TestRecordedPrograms(t *testing.T) {
	if os.Getenv("VM_UPDATE") != "" {
		record(t)
	}
	n := 0
	for i, entry := range strings.Split(readFile(t, recordFile), recordHead)[1:] {
		n++
		if raceDetector && i%10 != 0 {
			continue // each program runs on one goroutine
		}
		head, want, _ := strings.Cut(entry, "\n")
		number, sum, _ := strings.Cut(head, " ")
		seed, err := strconv.ParseUint(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		labels, _ := labelled(seed)
		src := generate(seed, labels)
		if sum != fingerprint(src) {
			t.Fatalf("program %d is not the recorded one; run with VM_UPDATE=1 to record the generator's new programs", seed)
		}
		got, err := newMachine(t, deep).run("stdin", src, CallOptions{})
		if err != nil || normal(got) != normal(want) {
			t.Errorf("program %d differs from C Lua, error %v (-C +here):\n%s\n%s", seed, err, cmp.Diff(want, got), src)
		}
	}
	if n != recorded {
		t.Errorf("%d programs are recorded, expected %d", n, recorded)
	}
}

// record writes the record file with the installed interpreters, from programs
// that print little.
func record(t *testing.T) {
	t.Helper()
	var b strings.Builder
	for seed, n := uint64(0), 0; n < recorded; seed++ {
		labels, interpreter := labelled(seed)
		src := generate(seed, labels)
		out := oracle(t, interpreter, src)
		if bottomless(out) || len(out) < 60 || len(out) > 900 {
			continue
		}
		fmt.Fprintf(&b, "%s%d %s\n%s", recordHead, seed, fingerprint(src), out)
		n++
	}
	if err := os.WriteFile(recordFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func fingerprint(src string) string {
	sum := sha256.Sum256([]byte(src))
	return hex.EncodeToString(sum[:6])
}
