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
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

var updateRackspace = flag.Bool("update-rackspace", false, "write testdata/rackspace-errors.txt anew")

// Errors of Cloud Servers as a person sees them.
func TestRenderedErrorsOfCloudServers(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{})
	refusing := func(change func(c *rackspace.StaticCredentials)) *runtime.Runtime {
		creds := w.credentials()
		change(&creds)
		return w.runtimeFor(t, rackspace.Config{Credentials: creds, Clock: w.clock})
	}
	within := func(wait time.Duration, answer http.HandlerFunc) *runtime.Runtime {
		server := httptest.NewServer(answer)
		t.Cleanup(server.Close)
		return w.runtimeFor(t, rackspace.Config{Clock: w.clock, Transport: apiclient.TransportOptions{HeaderTimeout: wait},
			Retry:       apiclient.RetryPolicy{MaxAttempts: 1},
			Credentials: rackspace.StaticCredentials{Username: "mira", APIKey: "5f0c2b7e9d134a68", AuthURL: server.URL + "/auth", Origin: "profile work in credentials.toml"}})
	}
	answering := func(answer http.HandlerFunc) *runtime.Runtime { return within(0, answer) }
	down := httptest.NewServer(http.NotFoundHandler())
	down.Close()
	// lost logs in and then never says what became of a call.
	var lost *httptest.Server
	lost = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/auth" {
			panic(http.ErrAbortHandler)
		}
		w.Header().Set("X-Auth-Token", "token-1")
		w.Header().Set("X-Server-Management-Url", lost.URL+"/v1.0/7")
	}))
	t.Cleanup(lost.Close)

	var b strings.Builder
	for _, tt := range []struct {
		name, source string
		rt           *runtime.Runtime
	}{
		{"misspelt verb", "servers.creat{name = 'web1'}", w.rt},
		{"misspelt parameter", "servers.create{name = 'web1', image = 112, flavour = 1}", w.rt},
		{"missing parameter", "servers.create{name = 'web1', image = 112}", w.rt},
		{"wrong type", "servers.create{name = 'web1', image = 112, flavor = {}}", w.rt},
		{"wrong value", "servers.reboot(17, 'GENTLE')", w.rt},
		{"status that there is not", "servers.wait(17, 'ACTVE')", w.rt},
		{"misspelt method", "servers.create{name = 'web1', image = 112, flavor = 1}:rebot()", w.rt},
		{"misspelt field", "print(servers.list()[1].statsu)", w.rt},
		{"not an id", "servers.delete('web1 or so')", w.rt},
		{"limit that is none", "servers.list{limit = 0}", w.rt},
		{"no such server", "servers.get(99)", w.rt},
		{"name of a server", "servers.get('web-01')", w.rt},
		{"name of an image", "images.wait('golden image')", w.rt},
		{"name of a group", "servers.create{name = 'web1', image = 112, flavor = 1, ip_group = 'web'}", w.rt},
		{"no such flavor", "servers.create{name = 'web1', image = 112, flavor = '512 servr'}", w.rt},
		{"metadata that is too much", "servers.create{name = 'w', image = 112, flavor = 1, metadata = {a=1,b=2,c=3,d=4,e=5,f=6}}", w.rt},
		{"file that is too large", "servers.create{name = 'w', image = 112, flavor = 1, personality = {['/etc/motd'] = ('x'):rep(10241)}}", w.rt},
		{"nothing to change", "servers.update(17, {})", w.rt},
		{"busy server", "servers.create{name = 'busy', image = 112, flavor = 1}:reboot()", w.rt},
		{"resize that is not there", "local s = servers.create{name = 'r', image = 112, flavor = 1}:wait()\ns:confirm_resize()", w.rt},
		{"wait that is too short", "servers.create{name = 's', image = 112, flavor = 1}:wait('ACTIVE', {timeout = 1})", w.rt},
		{"refused key", "auth()", refusing(func(c *rackspace.StaticCredentials) { c.APIKey = "an-old-key" })},
		{"missing key", "servers.list()", refusing(func(c *rackspace.StaticCredentials) { c.APIKey = "" })},
		{"wrong region", "servers.list()", refusing(func(c *rackspace.StaticCredentials) { c.AuthURL = "eu" })},
		{"no network", "servers.list()", refusing(func(c *rackspace.StaticCredentials) { c.AuthURL = down.URL + "/v1.0" })},
		{"web page", "auth()", answering(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) })},
		{"redirect", "auth()", answering(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.test/", http.StatusFound)
		})},
		{"silence", "auth()", within(20*time.Millisecond, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })},
		{"lost create", "servers.create{name = 'web1', image = 112, flavor = 1}", refusing(func(c *rackspace.StaticCredentials) { c.AuthURL = lost.URL + "/auth" })},
		{"lost reboot", "servers.reboot(17)", refusing(func(c *rackspace.StaticCredentials) { c.AuthURL = lost.URL + "/auth" })},
	} {
		_, err := runLua(t, tt.rt, tt.source)
		var e *runtime.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got %v, want an error", tt.name, err)
			continue
		}
		b.WriteString("-- " + tt.name + " (" + string(e.Kind) + ")\n" + e.Render(runtime.RenderOptions{}) + "\n")
	}
	got := regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(b.String(), "127.0.0.1:PORT")
	got = regexp.MustCompile(`server \d{2,}`).ReplaceAllString(got, "server N")
	for _, secret := range []string{"an-old-key", "5f0c2b7e9d134a68", w.credentials().APIKey.Reveal()} {
		if strings.Contains(got, secret) {
			t.Errorf("a key is in the errors: %s", secret)
		}
	}
	const golden = "testdata/rackspace-errors.txt"
	if *updateRackspace {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
