package credentials

import (
	"path/filepath"
	"testing"
)

func TestPathIsLookedForInOrder(t *testing.T) {
	tests := map[string]struct {
		config Config
		want   string
	}{
		"flag first":                       {Config{Path: "/flag.toml", ConfigDir: "/conf", Getenv: getenv([]string{EnvFile + "=/env.toml"})}, "/flag.toml"},
		"then the environment":             {Config{ConfigDir: "/conf", Getenv: getenv([]string{EnvFile + "=/env.toml"})}, "/env.toml"},
		"then the configuration directory": {Config{ConfigDir: "/conf", Getenv: getenv(nil)}, filepath.Join("/conf", "cloudscript", "credentials.toml")},
	}
	for name, test := range tests {
		got, err := New(test.config).Path()
		if err != nil || got != test.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, test.want)
		}
	}
}

func TestUnknownConfigurationDirectory(t *testing.T) {
	t.Setenv("HOME", "")
	t.Setenv("XDG_CONFIG_HOME", "")
	s := New(Config{Getenv: getenv(nil)})
	if dir, err := s.Path(); err == nil {
		t.Skipf("this system knows one: %s", dir)
	}
	_, err := s.account(t.Context(), cloudRackspace)
	want := "the user's configuration directory is unknown: neither $XDG_CONFIG_HOME nor $HOME are defined\n" +
		"name the file with --credentials FILE or CLOUDSCRIPT_CREDENTIALS"
	if got := complaint(t, s, err); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
