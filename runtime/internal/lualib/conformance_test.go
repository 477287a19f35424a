package lualib

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

var update = flag.Bool("update", false, "record the results of lua5.1 in testdata")

// TestConformance compares the library with C Lua 5.1, line by line: with its
// recorded results, and with the interpreter itself if it is installed.
func TestConformance(t *testing.T) {
	for _, file := range snippetFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			got := evaluate(t, file)
			if want, ok := evaluateInC(t, file); ok {
				if *update {
					writeFile(t, recordOf(file), want)
				}
				compareLines(t, "lua5.1", got, want)
			}
			compareLines(t, recordOf(file), got, readFile(t, recordOf(file)))
		})
	}
}

func snippetFiles(t testing.TB) []string {
	files, err := filepath.Glob("testdata/conformance/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets", err)
	}
	return files
}

func recordOf(file string) string { return strings.TrimSuffix(file, ".txt") + ".golden" }

// evaluate runs the lines of a file with the library under test.
func evaluate(t testing.TB, file string) string {
	host := newTestHost()
	L := newState(t, host)
	fn, err := L.Load(bytes.NewReader([]byte(readFile(t, "testdata/prelude.lua"))), "prelude")
	if err != nil {
		t.Fatal(err)
	}
	L.Push(fn)
	L.Push(lua.LString(readFile(t, file)))
	L.Push(lua.LString("test"))
	if err := L.PCall(2, 0, nil); err != nil {
		t.Fatal(err)
	}
	return host.printed.String()
}

// evaluateInC runs the same with lua5.1.
func evaluateInC(t testing.TB, file string) (string, bool) {
	program, err := exec.LookPath("lua5.1")
	if err != nil {
		return "", false
	}
	cmd := exec.Command(program, "-", file)
	cmd.Stdin = strings.NewReader(`
		local function read(name) local f = assert(io.open(name)) local s = f:read("*a") f:close() return s end
		assert(loadstring(read("testdata/prelude.lua"), "=prelude"))(read(arg[1]), "=test")`)
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC"}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("lua5.1: %v: %s", err, stderr.String())
	}
	return string(out), true
}

// compareLines reports the snippets whose results differ.
func compareLines(t *testing.T, reference, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		t.Errorf("%s: %d lines instead of %d", reference, len(g), len(w))
		return
	}
	for i := range g {
		if g[i] != w[i] {
			t.Errorf("%s: %s\n\tgot  %s\n\twant %s", reference, g[max(i-1, 0)], g[i], w[i])
		}
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
