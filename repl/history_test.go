package repl

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func openHistory(t *testing.T) (*History, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state", "history")
	h, err := OpenHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	return h, path
}

func entries(t *testing.T, h *History) []string {
	t.Helper()
	got, err := h.Entries()
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestHistoryIsItsOwnersAlone(t *testing.T) {
	h, path := openHistory(t)
	mode := func(path string) os.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	if mode(path) != 0o600 || mode(filepath.Dir(path)) != 0o700 {
		t.Errorf("modes %o and %o, want 600 and 700", mode(path), mode(filepath.Dir(path)))
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenHistory(path); err != nil || mode(path) != 0o600 {
		t.Errorf("a readable history stays at mode %o (%v)", mode(path), err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := h.Add("x = 1"); err != nil || mode(path) != 0o600 {
		t.Errorf("a new history has mode %o (%v)", mode(path), err)
	}
}

func TestHistoryKeepsEntriesBetweenSessions(t *testing.T) {
	h, path := openHistory(t)
	if got := entries(t, h); len(got) != 0 {
		t.Errorf("a new history holds %q", got)
	}
	want := []string{"x = 1", "function f()\n\treturn x\n\nend", "-- why\ny = 2", `s = "a\` + "\n" + `b"`, "y"}
	for _, entry := range append(want, " hidden = true", "\thidden = true", "\n") {
		if err := h.Add(entry); err != nil {
			t.Fatal(err)
		}
	}
	again, err := OpenHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := entries(t, again); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A damaged file loses what is damaged, and no entry after it.
func TestHistorySurvivesDamage(t *testing.T) {
	h, path := openHistory(t)
	for damage, want := range map[string][]string{
		"x = 1\ny = \x1b[2J\nz = 3\n":   {"x = 1", "z = 3", "new"},
		"x = 1\ny = \xff\xfe\n\tmore\n": {"x = 1", "new"},
		"x = 1\ny = cut o":              {"x = 1", "y = cut o", "new"},
		"\x00\x00\x00\x00":              {"new"},
		"\tfurther\n\n\n":               {"\tfurther", "new"},
	} {
		if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := h.Add("new"); err != nil {
			t.Fatal(err)
		}
		if got := entries(t, h); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", damage, got, want)
		}
	}
}

func TestHistoryDropsTheOldest(t *testing.T) {
	h, path := openHistory(t)
	var b strings.Builder
	for i := range 2 * historyLimit {
		fmt.Fprintf(&b, "x = %d\n", i)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // from the long file, then from the one written anew
		got := entries(t, h)
		if len(got) != historyLimit || got[0] != fmt.Sprintf("x = %d", historyLimit) {
			t.Errorf("%d entries, the first is %q", len(got), got[0])
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || info.Size() >= int64(b.Len()) {
		t.Errorf("the file has mode %o and %d bytes", info.Mode().Perm(), info.Size())
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	h, path := openHistory(t)
	const key = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c"
	secrets := []string{
		`api_key = "` + key + `"`,
		`k = '` + key + `'`,
		`conf = {username = "mira", apiKey = "short"}`,
		`servers.update{1001, admin_pass = "hunter2"}`,
		`server:update{adminPass="hunter2"}`,
		`password = [[hunter2]]`,
		"x = {\n  token = 'abc'\n}",
		`vm.call("vm", "create", {set_password = "hunter2"})`,
		`local key = "hunter2"`,
		`conf["hmacKey"] = [[hunter2]]`,
	}
	for _, entry := range secrets {
		if err := h.Add(entry); err != nil {
			t.Fatal(err)
		}
	}
	if data, err := os.ReadFile(path); err != nil || len(data) != 0 {
		t.Errorf("the file holds %q (%v)", data, err)
	}
	for _, entry := range []string{`print("hello")`, "server.adminPass", `for key, v in pairs(t) do print("x", key) end`, "servers.list()", `vm.info("f47ac10b-58cc-4372-a567-0e02b2c3d479")`} {
		if HoldsSecret(entry) {
			t.Errorf("%s is not kept", entry)
		}
	}
}

func TestHistoryThatCannotBeKept(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(file, "history")} {
		if _, err := OpenHistory(path); err == nil || !strings.HasPrefix(err.Error(), "no history: ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
