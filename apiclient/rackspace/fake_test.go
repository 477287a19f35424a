package rackspace

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

var update = flag.Bool("update", false, "write the golden files")

var start = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// A fake is an account of one user with whatever service the test gives it. The zero hooks
// log in as the specification says and answer 404.
type fake struct {
	*httptest.Server
	login   func(w http.ResponseWriter, r *http.Request, n int) // n counts from 1
	service func(w http.ResponseWriter, r *http.Request)

	mu     sync.Mutex
	logins int
	calls  []string // of the service: method, path, body
}

func newFake(t testing.TB) *fake {
	f := &fake{}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	login := r.URL.Path == "/auth"
	if login {
		f.logins++
	} else {
		f.calls = append(f.calls, strings.TrimSpace(r.Method+" "+strings.TrimPrefix(r.URL.RequestURI(), "/v1.0/7")+" "+string(body)))
	}
	n := f.logins
	f.mu.Unlock()
	switch {
	case login && f.login != nil:
		f.login(w, r, n)
	case login:
		f.letIn(w, n)
	case f.service != nil:
		f.service(w, r)
	default:
		http.NotFound(w, r)
	}
}

// letIn answers a log-in with the token "token-N".
func (f *fake) letIn(w http.ResponseWriter, n int) {
	w.Header().Set("X-Auth-Token", token(n))
	w.Header().Set("X-Server-Management-Url", f.URL+"/v1.0/7")
	w.WriteHeader(http.StatusNoContent)
}

func token(n int) string { return fmt.Sprintf("token-%06d", n) }

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.logins
}

func (f *fake) config() Config {
	return Config{
		Credentials: StaticCredentials{Username: "mira", APIKey: "5f0c2b7e9d134a68", AuthURL: f.URL + "/auth", Origin: "profile default in credentials.toml"},
		Retry:       apiclient.RetryPolicy{MaxAttempts: 1},
	}
}

func (f *fake) client(t testing.TB, config Config) *Client {
	c := New(config)
	t.Cleanup(c.Close)
	return c
}

// sent is what the service was asked for so far.
func (f *fake) sent() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// steady removes what differs from run to run.
func (f *fake) steady(s string) string {
	s = strings.NewReplacer(f.URL, "http://fake", strings.TrimPrefix(f.URL, "http://"), "fake").Replace(s)
	return freshness.ReplaceAllString(s, "fresh=N")
}

var freshness = regexp.MustCompile(`fresh=[a-z0-9]+`)

// listsBefore reports whether a request looks what there is before or after a create, and answers
// it with nothing if so.
func listsBefore(w http.ResponseWriter, r *http.Request) bool {
	look := r.Method == http.MethodGet && r.URL.Query().Has("fresh")
	if look {
		fmt.Fprint(w, `{"images":[],"sharedIpGroups":[]}`)
	}
	return look
}

func asError(t testing.TB, err error) *apiclient.Error {
	t.Helper()
	var e *apiclient.Error
	if !errors.As(err, &e) {
		t.Fatalf("want an *apiclient.Error, got %T: %v", err, err)
	}
	return e
}

// inVirtualTime runs f as the only working goroutine of a new clock, and returns how far the
// clock moved.
func inVirtualTime(t testing.TB, f func(v *clock.Virtual)) time.Duration {
	t.Helper()
	v := clock.NewVirtual(start)
	done := make(chan struct{})
	v.Go(func() { defer close(done); f(v) })
	<-done
	return v.Now().Sub(start)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; go test -update writes it)\n%s", path, diff)
	}
}

var background = context.Background()
