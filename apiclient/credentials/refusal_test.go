package credentials

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsWrongIsSaidWithLineAndRemedy(t *testing.T) {
	tests := map[string]struct {
		text    string
		profile string
		env     []string
		want    string
	}{
		"unknown key": {text: "[default.rackspace]\nusername = 'mira'\napi_ky = '" + secret + "'",
			want: "DIR/credentials.toml:3: unknown key \"api_ky\" in [default.rackspace]\ndid you mean api_key?"},
		"unlike any key": {text: "[default.rackspace]\ncolour = 'blue'",
			want: "DIR/credentials.toml:2: unknown key \"colour\" in [default.rackspace]\nit may hold username, api_key, api_key_file, api_key_command, region, auth_url"},
		"unknown cloud": {text: "# mine\n[default.rackspce]\nusername = 'mira'",
			want: "DIR/credentials.toml:2: unknown key \"rackspce\" in profile \"default\"\ndid you mean rackspace?"},
		"cloud without profile": {text: "[rackspace]\nusername = 'mira'",
			want: "DIR/credentials.toml:2: unknown key \"username\" in profile \"rackspace\"\na profile holds rackspace, lunanode"},
		"value outside tables": {text: "api_key = '" + secret + "'",
			want: "DIR/credentials.toml:1: \"api_key\" stands outside a table\nvalues belong under a header such as [default.rackspace]"},
		"cloud is no table": {text: "[default]\nrackspace = '" + secret + "'",
			want: "DIR/credentials.toml:2: default.rackspace is not a table\nwrite a header [default.rackspace] and the values below it"},
		"number for text": {text: "[default.rackspace]\nusername = 'mira'\napi_key = 5",
			want: "DIR/credentials.toml:3: api_key in [default.rackspace] is not text\nput it in quotes: api_key = \"…\""},
		"empty value": {text: "[default.rackspace]\nusername = ''",
			want: "DIR/credentials.toml:2: username in [default.rackspace] is empty\nfill it in or take the line out"},
		"no quotes": {text: "[default.rackspace]\nusername = 'mira'\napi_key = " + secret,
			want: "DIR/credentials.toml:3: is not valid TOML near default.rackspace.api_key\ntext values stand in quotes on one line: api_key = \"…\""},
		"key alone on its line": {text: "[default.rackspace]\n" + secret + "\n",
			want: "DIR/credentials.toml:2: is not valid TOML\nevery line is a header such as [default.rackspace], a value such as username = \"mira\", or a # comment"},
		"quote left open": {text: "[default.rackspace]\napi_key = \"" + secret + "\nusername = 'mira'",
			want: "DIR/credentials.toml:2: is not valid TOML near default.rackspace.api_key\ntext values stand in quotes on one line: api_key = \"…\""},
		"key twice": {text: "[default.rackspace]\napi_key = '" + secret + "'\napi_key = 'x'",
			want: "DIR/credentials.toml:3: is not valid TOML near default.rackspace.api_key\ntext values stand in quotes on one line: api_key = \"…\""},
		"not text at all": {text: "\x00\x01" + secret,
			want: "DIR/credentials.toml:1: is not valid TOML\nevery line is a header such as [default.rackspace], a value such as username = \"mira\", or a # comment"},
		"no profile": {text: "# nothing yet",
			want: "DIR/credentials.toml: holds no profile\nthe command cloudscript auth example prints a complete one"},
		"other profile": {text: both, profile: "londn",
			want: "DIR/credentials.toml: has no profile \"londn\"\ndid you mean london?"},
		"no default among several": {text: strings.ReplaceAll(both, "default", "work"),
			want: "DIR/credentials.toml: has no profile \"default\", and more than one other\nchoose one with --profile: work, london, private"},
		"cloud missing in profile": {text: "[default.lunanode]\napi_id = 'x'\napi_key = 'y'",
			want: "DIR/credentials.toml: profile \"default\" has no Cloud Servers account\nadd a table [default.rackspace], or choose another profile with --profile"},
		"no user name": {text: "\n[default.rackspace]\napi_key = '" + secret + "'",
			want: "DIR/credentials.toml:2: [default.rackspace] has no username\nadd username = \"…\""},
		"no key": {text: "[default.rackspace]\nusername = 'mira'",
			want: "DIR/credentials.toml:1: [default.rackspace] has no key\nadd one of api_key, api_key_file, api_key_command"},
		"two keys": {text: "[default.rackspace]\nusername = 'mira'\napi_key_file = 'k'\napi_key = '" + secret + "'",
			want: "DIR/credentials.toml:3: [default.rackspace] has both api_key and api_key_file\nkeep one of them"},
		"unknown region": {text: "[default.rackspace]\nusername = 'mira'\napi_key = '" + secret + "'\nregion = 'mars'",
			want: "DIR/credentials.toml:4: there is no region \"mars\"\nthe regions are us and uk; any other service is named with auth_url"},
		"region and address": {text: "[default.rackspace]\nusername = 'mira'\napi_key = '" + secret + "'\nauth_url = 'http://x'\nregion = 'us'",
			want: "DIR/credentials.toml:5: [default.rackspace] has both region and auth_url\nkeep one of them"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := source(t, test.text, test.profile, test.env...)
			_, err := s.account(t.Context(), cloudRackspace)
			if got := complaint(t, s, err); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestFileThatOthersCanReadIsRefused(t *testing.T) {
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620, 0o601} {
		s := source(t, both, "")
		write(t, s.config.Path, both, mode)
		_, err := s.account(t.Context(), cloudRackspace)
		got := complaint(t, s, err)
		if !strings.Contains(got, "others can get at it") || !strings.HasSuffix(got, "\nrun: chmod 600 DIR/credentials.toml") {
			t.Errorf("mode %o: %s", mode, got)
		}
	}
}

func TestMissingFileTellsHowToMakeOne(t *testing.T) {
	s := New(Config{Path: filepath.Join(t.TempDir(), "my keys", "credentials.toml"), Getenv: getenv(nil)})
	_, err := s.account(t.Context(), cloudRackspace)
	want := "DIR/credentials.toml: there is no credentials file\n" +
		"make one: mkdir -p 'DIR' && (umask 077; cloudscript auth example > 'DIR/credentials.toml'), then put your keys in; a rehearsal with --sim needs none"
	if got := complaint(t, s, err); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestMissingFileAndHalfAnEnvironment(t *testing.T) {
	for name, want := range map[string]string{
		"CLOUDSCRIPT_USERNAME": "CLOUDSCRIPT_API_KEY",
		"CLOUDSCRIPT_API_KEY":  "CLOUDSCRIPT_USERNAME",
	} {
		s := New(Config{Path: filepath.Join(t.TempDir(), "credentials.toml"), Getenv: getenv([]string{name + "=" + secret})})
		_, err := s.account(t.Context(), cloudRackspace)
		got := complaint(t, s, err)
		if !strings.Contains(got, "there is no credentials file, and the environment has no "+want+"\nset "+want+", or make one: ") {
			t.Errorf("with %s: %s", name, got)
		}
	}
}

func TestPathThatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	s := New(Config{Path: filepath.Join(dir, "d"), Getenv: getenv(nil)})
	if err := os.Mkdir(s.config.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := s.account(t.Context(), cloudRackspace)
	if got, want := complaint(t, s, err), "DIR/d: is a directory\ngive the path of a file, such as DIR/d/credentials.toml"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	s.config.Path = filepath.Join(dir, "large")
	write(t, s.config.Path, strings.Repeat("#", maxFileSize+1), 0o600)
	_, err = s.account(t.Context(), cloudRackspace)
	if got, want := complaint(t, s, err), "DIR/large: is not a credentials file: it has 1048577 bytes\ncheck the path"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
