package tokencache

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/internal/clock"
)

var (
	start = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	mira  = rackspace.Credentials{Username: "mira", APIKey: "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c", AuthURL: "https://auth.example.test/v1.0"}
)

func session(token string) *rackspace.Session {
	return &rackspace.Session{
		Username: mira.Username, AuthURL: mira.AuthURL, Token: apiclient.Secret("token-" + token),
		ManagementURL: "https://servers.example.test/v1.0/7", StorageURL: "https://files.example.test/v1/7", CDNURL: "https://cdn.example.test",
		Issued: start, Expires: start.Add(24 * time.Hour),
	}
}

// frozen is a clock that shows one moment.
type frozen struct {
	clock.Clock
	now time.Time
}

func (f frozen) Now() time.Time { return f.now }

func newCache(t *testing.T, dir string, now time.Time) *Cache {
	t.Helper()
	c, err := New(Config{Dir: dir, Clock: frozen{now: now}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func keep(t *testing.T, c *Cache, creds rackspace.Credentials, s *rackspace.Session) {
	t.Helper()
	if err := c.Keep(creds, s); err != nil {
		t.Fatal(err)
	}
}

var background = context.Background()

func TestNothingIsKeptUnasked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sessions")
	c := newCache(t, dir, start)
	c.Store(background, mira, session("1"))
	c.Drop(background, mira)
	if got := c.Load(background, mira); got != nil {
		t.Errorf("loaded %+v", got)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory was made: %v", err)
	}
	if was, err := c.Forget(mira); was || err != nil {
		t.Errorf("forgot %t, %v", was, err)
	}
}

func TestAKeptSessionComesBackWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "sessions")
	c := newCache(t, dir, start)
	keep(t, c, mira, session("1"))
	if diff := cmp.Diff(session("1"), newCache(t, dir, start.Add(time.Hour)).Load(background, mira)); diff != "" {
		t.Error(diff)
	}
	c.Store(background, mira, session("2"))
	if got := c.Load(background, mira); got == nil || got.Token != session("2").Token {
		t.Errorf("after a renewal %+v", got)
	}
	if was, err := c.Forget(mira); !was || err != nil {
		t.Errorf("forgot %t, %v", was, err)
	}
	if c.Kept(mira) || c.Load(background, mira) != nil {
		t.Error("it is still there")
	}
}

func TestOnlyTheOwnerCanReadIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sessions")
	c := newCache(t, dir, start)
	keep(t, c, mira, session("1"))
	path := c.Path(mira)
	for name, want := range map[string]os.FileMode{path: 0o600, dir: 0o700} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %04o, want %04o", name, got, want)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), mira.APIKey.Reveal()) || strings.Contains(path, "mira") {
		t.Errorf("%s holds %s (%v)", path, text, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the directory holds %v (%v)", entries, err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if got := c.Load(background, mira); got != nil {
		t.Error("a file that others can read was used")
	}
}

func TestEachAccountAndEndpointHasItsOwn(t *testing.T) {
	c := newCache(t, t.TempDir(), start)
	keep(t, c, mira, session("1"))
	for _, other := range []rackspace.Credentials{
		{Username: "miro", AuthURL: mira.AuthURL}, {Username: mira.Username, AuthURL: "https://lon.example.test/v1.0"},
	} {
		if c.Kept(other) || c.Load(background, other) != nil {
			t.Errorf("%s at %s has the other one's session", other.Username, other.AuthURL)
		}
		// Nor does a file help that was moved to its place.
		text, err := os.ReadFile(c.Path(mira))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(c.Path(other), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if c.Load(background, other) != nil {
			t.Errorf("%s at %s has a session that is not its own", other.Username, other.AuthURL)
		}
	}
}

func TestATokenIsNotUsedPastItsLife(t *testing.T) {
	dir := t.TempDir()
	keep(t, newCache(t, dir, start), mira, session("1"))
	for _, tt := range []struct {
		at   time.Time
		want bool
	}{
		{start, true},
		{start.Add(24*time.Hour - time.Second), true},
		{start.Add(24 * time.Hour), false},
		{start.Add(48 * time.Hour), false},
		{start.Add(-30 * time.Second), true},
		{start.Add(-2 * time.Minute), false}, // the clock was set back
	} {
		if got := newCache(t, dir, tt.at).Load(background, mira) != nil; got != tt.want {
			t.Errorf("at %v it is used: %t", tt.at, got)
		}
	}
}

func TestADroppedTokenIsGoneAndTheAccountKept(t *testing.T) {
	c := newCache(t, t.TempDir(), start)
	keep(t, c, mira, session("1"))
	c.Drop(background, mira)
	text, err := os.ReadFile(c.Path(mira))
	if err != nil || strings.Contains(string(text), "token") {
		t.Errorf("the file holds %s (%v)", text, err)
	}
	if c.Load(background, mira) != nil || !c.Kept(mira) {
		t.Error("the token is there, or the account is not")
	}
	c.Store(background, mira, session("2"))
	if got := c.Load(background, mira); got == nil || got.Token != session("2").Token {
		t.Errorf("after the next log-in %+v", got)
	}
}

func TestFilesThatHoldNoSession(t *testing.T) {
	whole, err := json.Marshal(entryOf(session("1")))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty": "", "cut off": string(whole[:len(whole)/2]), "no object": `["token"]`, "wrong type": `{"token": 7}`,
		"other time": strings.Replace(string(whole), "2030-01-02", "tomorrow", 1), "large": `{"username": "` + strings.Repeat("x", maxFileSize) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := newCache(t, t.TempDir(), start)
			if err := os.WriteFile(c.Path(mira), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := c.Load(background, mira); got != nil {
				t.Errorf("loaded %+v", got)
			}
			c.Store(background, mira, session("2"))
			if c.Load(background, mira) == nil {
				t.Error("the next log-in did not replace it")
			}
		})
	}
}

func TestADirectoryThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := newCache(t, filepath.Join(file, "sessions"), start)
	if err := c.Keep(mira, session("1")); err == nil {
		t.Error("no error")
	}
	if _, err := c.Forget(mira); err == nil {
		t.Error("no error from forgetting")
	}
}

func TestTheUsersCacheDirectory(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/nowhere/cache")
	t.Setenv("HOME", "/nowhere")
	c, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.Path(mira), filepath.Join("cloudscript", "sessions")) || !strings.HasPrefix(c.Path(mira), "/nowhere/") {
		t.Errorf("the file is %s", c.Path(mira))
	}
}

// Readers beside writers see one session or another, never half of one.
func TestHammer(t *testing.T) {
	dir := t.TempDir()
	c := newCache(t, dir, start)
	keep(t, c, mira, session("0"))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 50 {
				if i%2 == 0 {
					c.Store(background, mira, session(fmt.Sprint(i, j)))
				} else if c.Load(background, mira) == nil {
					t.Error("no session")
				}
			}
		})
	}
	wg.Wait()
}
