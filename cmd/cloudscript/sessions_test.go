package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A user is somebody who runs commands against a simulator, one after the other, with
// a home of their own.
type user struct {
	t    *testing.T
	sim  string // http://host:port
	home string
	env  []string
}

func newUser(t *testing.T, simArgs ...string) *user {
	t.Helper()
	_, env := startSim(t, simArgs...)
	u := &user{t: t, home: t.TempDir(), env: env}
	_, authURL, _ := strings.Cut(env[0], "=")
	u.sim = strings.TrimSuffix(authURL, "/v1.0")
	u.env = append(u.env, "HOME="+u.home, "XDG_CACHE_HOME="+filepath.Join(u.home, "cache"), "TZ=UTC")
	return u
}

// run runs a command and returns its exit code, its output and what it said.
func (u *user) run(args ...string) (int, string, string) {
	u.t.Helper()
	cmd := command(u.t, args...)
	cmd.Env = append(cmd.Env, u.env...)
	p := start(u.t, cmd)
	var out strings.Builder
	if _, err := p.lines.WriteTo(&out); err != nil {
		u.t.Fatal(err)
	}
	code := p.end()
	return code, out.String(), u.plain(p.stderr.String())
}

// plain is a text without what differs from run to run.
func (u *user) plain(text string) string {
	text = strings.ReplaceAll(text, strings.TrimPrefix(u.sim, "http://"), "HOST")
	return regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d UTC`).ReplaceAllString(text, "TOMORROW")
}

// admin sends a command to the simulator and returns what it answers.
func (u *user) admin(method, path, body string) string {
	u.t.Helper()
	req, err := http.NewRequest(method, u.sim+"/_simulator"+path, strings.NewReader(body))
	if err != nil {
		u.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		u.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode >= 300 {
		u.t.Fatalf("%s %s: %s, %s, %v", method, path, resp.Status, answer, err)
	}
	return strings.TrimSpace(string(answer))
}

// logins is how often somebody logged in since it was last asked.
func (u *user) logins() int {
	u.t.Helper()
	var log struct{ Counts map[string]int }
	if err := json.Unmarshal([]byte(u.admin("GET", "/calls", "")), &log); err != nil {
		u.t.Fatal(err)
	}
	u.admin("DELETE", "/calls", "")
	return log.Counts["auth"]
}

// kept are the texts of the files that are kept.
func (u *user) kept() (texts []string) {
	u.t.Helper()
	paths, err := filepath.Glob(filepath.Join(u.home, "cache", "cloudscript", "sessions", "*"))
	if err != nil {
		u.t.Fatal(err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			u.t.Errorf("%s has mode %v (%v)", path, info.Mode(), err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			u.t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// list calls the cloud and checks how many log-ins that took.
func (u *user) list(when string, logins int) {
	u.t.Helper()
	u.admin("DELETE", "/calls", "")
	if code, _, stderr := u.run("call", "servers.list", "--json"); code != 0 {
		u.t.Errorf("%s: exit code %d: %s", when, code, stderr)
	}
	if n := u.logins(); n != logins {
		u.t.Errorf("%s: %d log-ins, want %d", when, n, logins)
	}
}

func TestWithoutLoginNothingIsKept(t *testing.T) {
	u := newUser(t)
	u.list("first", 1)
	u.list("second", 1)
	if kept := u.kept(); len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
	if _, stdout, _ := u.run("auth", "status"); !strings.Contains(stdout, "no session is kept: each run logs in; cloudscript auth login keeps one\n") {
		t.Errorf("status:\n%s", stdout)
	}
}

func TestLoginKeepsASessionUntilLogout(t *testing.T) {
	u := newUser(t)
	code, stdout, stderr := u.run("auth", "login")
	if want := "cloudscript: demo is logged in at http://HOST/v1.0; the session is kept until TOMORROW\n"; code != 0 || stdout != "" || stderr != want {
		t.Errorf("login: exit code %d, %q, %q; want %q", code, stdout, stderr, want)
	}
	kept := u.kept()
	key := strings.TrimPrefix(u.env[2], "CLOUDSCRIPT_API_KEY=")
	if len(kept) != 1 || !strings.Contains(kept[0], `"token":"`) || strings.Contains(kept[0], key) {
		t.Errorf("kept %q", kept)
	}
	u.list("with a session", 0)
	if _, stdout, _ := u.run("auth", "status"); !strings.Contains(u.plain(stdout), "session kept until TOMORROW\n") {
		t.Errorf("status:\n%s", stdout)
	}

	u.admin("POST", "/token/expire", "")
	u.list("after the token was refused", 1)
	u.list("with the session that followed", 0)

	if _, _, stderr := u.run("auth", "logout"); stderr != "cloudscript: the session of demo at http://HOST/v1.0 is forgotten\n" {
		t.Errorf("logout: %q", stderr)
	}
	if _, _, stderr := u.run("auth", "logout"); stderr != "cloudscript: no session of demo at http://HOST/v1.0 was kept\n" {
		t.Errorf("logout again: %q", stderr)
	}
	if kept := u.kept(); len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
	u.list("after the logout", 1)
}

func TestARefusedTokenLeavesTheFile(t *testing.T) {
	u := newUser(t)
	if code, _, stderr := u.run("auth", "login"); code != 0 {
		t.Fatal(stderr)
	}
	u.admin("POST", "/token/expire", "")
	u.admin("POST", "/key/reset", "")
	code, _, stderr := u.run("call", "servers.list")
	if code != exitCredentials || !strings.Contains(stderr, `user "demo" and the API key were refused`) {
		t.Errorf("exit code %d: %s", code, stderr)
	}
	if kept := u.kept(); len(kept) != 1 || strings.Contains(kept[0], `"token"`) {
		t.Errorf("kept %q", kept)
	}
	if _, stdout, _ := u.run("auth", "status"); !strings.Contains(stdout, "no session now: the next run logs in and keeps it\n") {
		t.Errorf("status:\n%s", stdout)
	}
}

func TestLoginThatFails(t *testing.T) {
	u := newUser(t)
	u.env = append(u.env, "CLOUDSCRIPT_API_KEY="+sentinel)
	code, stdout, stderr := u.run("auth", "login")
	if want := `error: user "demo" and the API key were refused: Bad username or password
hint: check the user name and the key in the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL: a key that was regenerated in the control panel replaces the old one at once
`; code != exitCredentials || stdout != "" || stderr != want {
		t.Errorf("exit code %d, output %q, error\n%swant\n%s", code, stdout, stderr, want)
	}
	if kept := u.kept(); len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
	u.env = append(u.env, "CLOUDSCRIPT_USERNAME=")
	if code, _, _ := u.run("auth", "login"); code != exitCredentials {
		t.Errorf("exit code %d without credentials, want %d", code, exitCredentials)
	}
	if code := exitCode(&apiclient.Error{Kind: apiclient.KindUnreachable}); code != exitUnreachable {
		t.Errorf("exit code %d without a server, want %d", code, exitUnreachable)
	}
}
