package credentials

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestKeyFromFile(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for _, path := range []string{"the.key", "~/the.key"} {
		s := source(t, "[default.rackspace]\nusername = 'mira'\napi_key_file = '"+path+"'", "")
		dir := filepath.Dir(s.config.Path)
		if strings.HasPrefix(path, "~") {
			dir = homeDir(t)
		}
		write(t, filepath.Join(dir, "the.key"), secret+"\n", 0o600)
		a, err := s.account(t.Context(), cloudRackspace)
		if err != nil {
			t.Fatal(err)
		}
		if a.key.Reveal() != secret {
			t.Errorf("%s: another key", path)
		}
	}
}

func TestKeyFileThatCannotServe(t *testing.T) {
	const text = "[default.rackspace]\nusername = 'mira'\napi_key_file = 'the.key'"
	tests := map[string]struct {
		content string
		mode    uint32
		want    string
	}{
		"empty":               {"\n", 0o600, "DIR/the.key: holds no key\nit must hold the key alone, on one line"},
		"several lines":       {secret + "\nmore\n", 0o600, "DIR/the.key: holds no key\nit must hold the key alone, on one line"},
		"readable by others":  {secret, 0o644, "DIR/the.key: holds keys, and others can get at it (mode 0644)\nrun: chmod 600 DIR/the.key"},
		"something else":      {strings.Repeat("x", maxFileSize+1), 0o600, "DIR/the.key: is not a file that holds a key\ncheck api_key_file in DIR/credentials.toml"},
		"missing (not there)": {"", 0, "DIR/credentials.toml:3: api_key_file: stat DIR/the.key: no such file or directory\ncheck the path"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := source(t, text, "")
			if test.mode != 0 {
				write(t, filepath.Join(filepath.Dir(s.config.Path), "the.key"), test.content, fileMode(test.mode))
			}
			_, err := s.account(t.Context(), cloudRackspace)
			if got := complaint(t, s, err); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestKeyFromCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are a POSIX shell's")
	}
	const head = "[default.rackspace]\nusername = 'mira'\napi_key_command = "
	s := source(t, head+"'printf \"%s\\n\" "+secret+"'", "")
	a, err := s.account(t.Context(), cloudRackspace)
	if err != nil {
		t.Fatal(err)
	}
	if a.key.Reveal() != secret {
		t.Error("another key")
	}

	const byHand = "\nrun the command by hand: it must print the key alone"
	for command, want := range map[string]string{
		"echo " + secret + "; exit 3": "DIR/credentials.toml:3: api_key_command failed: exit status 3",
		"true":                        "DIR/credentials.toml:3: api_key_command printed no key",
		"echo " + secret + "; echo " + secret + "2": "DIR/credentials.toml:3: api_key_command printed no key",
		"head -c 2000000 /dev/zero":                 "DIR/credentials.toml:3: api_key_command printed far more than a key",
	} {
		s := source(t, head+"'"+command+"'", "")
		_, err := s.account(t.Context(), cloudRackspace)
		if got := complaint(t, s, err); got != want+byHand {
			t.Errorf("%s: got %q, want %q", strings.ReplaceAll(command, secret, "KEY"), got, want+byHand)
		}
	}
}

func TestKeyCommandStopsWithTheCaller(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are a POSIX shell's")
	}
	s := source(t, "[default.rackspace]\nusername = 'mira'\napi_key_command = 'exec cat /dev/zero > /dev/null'", "")
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("the caller is gone")
	cancel(gone)
	if _, err := s.account(ctx, cloudRackspace); !errors.Is(err, gone) {
		t.Errorf("got %v, want %v", err, gone)
	}
}
