package bindings

import (
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

var updateLunaNode = flag.Bool("update-lunanode", false, "write testdata/lunanode-errors.txt anew")

// Errors of the category/action cloud as a person sees them.
func TestRenderedErrorsOfLunaNode(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	key := apiclient.Secret(w.sim.LunaNodeAPIKey())
	client := func(clock runtime.Clock, key apiclient.Secret, url string) ActionCaller {
		c := lunanode.New(lunanode.Config{Clock: clock, Retry: apiclient.RetryPolicy{MaxAttempts: 1}, Credentials: lunanode.StaticCredentials{
			APIID: w.sim.LunaNodeAPIID(), APIKey: key, URL: url, Origin: "profile work in credentials.toml"}})
		t.Cleanup(c.Close)
		return c
	}
	answers := func(answer http.HandlerFunc) string {
		server := httptest.NewServer(answer)
		t.Cleanup(server.Close)
		return server.URL + "/api"
	}
	now := func(off time.Duration) runtime.Clock { return runtime.NewVirtualClock(w.clock.Now().Add(off)) }
	date := w.clock.Now().UTC().Format(http.TimeFormat)
	refusing := answers(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", date)
		_, _ = w.Write([]byte(`{"success":"no","error":"authentication failure; common reasons: bad nonce (computer time off), source IP mismatch, invalid API id\/key"}`))
	})
	down := httptest.NewServer(http.NotFoundHandler())
	down.Close()

	var b strings.Builder
	for _, tt := range []struct {
		name, source string
		client       ActionCaller
	}{
		{"misspelt parameter", "vm.create{hostname = 'web01', plan_id = 'm.1', imgae_id = 26}", w.calls},
		{"missing parameter", "local m = vm.create{hostname = 'web01'}", w.calls},
		{"misspelt verb", "vm.lst()", w.calls},
		{"not a machine's id", "vm.reboot('web01')", w.calls},
		{"no such machine", "vm.info('5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11')", w.calls},
		{"nested table", "vm.call('vm', 'create', {hostname = 'a', tags = {1, 2}})", w.calls},
		{"misspelt action", "vm.call('vm', 'floatingip_add', {})", w.calls},
		{"partial key", "vm.list()", client(w.clock, key[:64], w.sim.LunaNodeURL())},
		{"wrong key", "vm.list()", client(now(0), key, refusing)},
		{"clock an hour ahead", "vm.list()", client(now(61*time.Minute), key, refusing)},
		{"no network", "vm.list()", client(w.clock, key, down.URL+"/api")},
		{"web page", "vm.list()", client(w.clock, key, answers(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }))},
		{"lost answer to a create", "floating.add('toronto')", client(w.clock, key, answers(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))},
	} {
		_, err := runLua(t, newLunaNodeRuntime(t, tt.client, w.clock, nil), tt.source)
		var e *runtime.Error
		if !errors.As(err, &e) {
			t.Fatalf("%s: error %v", tt.name, err)
		}
		b.WriteString("# " + tt.name + "\n" + e.Render(runtime.RenderOptions{}) + "\n")
		if strings.Contains(b.String(), key.Reveal()[:64]) {
			t.Fatalf("%s: the key is in the error", tt.name)
		}
	}
	got := regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(b.String(), "127.0.0.1:PORT")

	const path = "testdata/lunanode-errors.txt"
	if *updateLunaNode {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%v; the errors are\n%s\nwant\n%s", err, got, want)
	}
}
