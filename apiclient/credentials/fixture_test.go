package credentials

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

// secret stands for a key in every test: no text that leaves the package may
// hold it.
const secret = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c"

// source writes a credentials file and makes a source that reads it and sees
// only the given environment, a list of NAME=VALUE.
func source(t *testing.T, text, profile string, env ...string) *Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "credentials.toml")
	write(t, path, text, 0o600)
	return New(Config{Path: path, Profile: profile, Getenv: getenv(env)})
}

func getenv(env []string) func(string) string {
	return func(name string) string {
		for _, v := range env {
			if text, ok := strings.CutPrefix(v, name+"="); ok {
				return text
			}
		}
		return ""
	}
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
}

// complaint is an error as a person reads it, with DIR for the test's folder.
func complaint(t *testing.T, s *Source, err error) string {
	t.Helper()
	var e *apiclient.Error
	if !errors.As(err, &e) || e.Kind != Kind {
		t.Fatalf("error %#v is not of kind %q", err, Kind)
	}
	text := e.Message + "\n" + e.Hint
	if strings.Contains(e.Error()+text, secret) {
		t.Fatalf("the error holds the key: %s", text)
	}
	return strings.ReplaceAll(text, filepath.Dir(s.config.Path), "DIR")
}

func fileMode(mode uint32) os.FileMode { return os.FileMode(mode) }

func homeDir(t *testing.T) string {
	t.Helper()
	dir, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
