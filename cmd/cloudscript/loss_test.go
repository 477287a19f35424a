package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// A command whose output is lost fails, whatever it had to say.
func TestLostOutputIsAnError(t *testing.T) {
	dir := t.TempDir()
	script, test := filepath.Join(dir, "a.lua"), filepath.Join(dir, "a_test.lua")
	for file, src := range map[string]string{script: "print(1)", test: `test("passes", function(t) t.ok(true) end)`} {
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"run", script}, {"check", script}, {"test", test}, {"describe", script}, {"doc"}, {"version"},
		{"call", "text.trim", "a"}, {"help", "exit-codes"}, {"auth", "example"},
	} {
		var stderr bytes.Buffer
		s := &streams{in: strings.NewReader(""), out: fullDisk{}, err: &stderr, getenv: func(string) string { return "" }}
		if code := execute(t.Context(), args, s); code != exitFailed || !strings.Contains(stderr.String(), "no space left on device") {
			t.Errorf("%q: exit code %d, %s", args, code, stderr.String())
		}
	}
}
