package bindings

import (
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// A cloudWorld is a simulated Cloud Servers account, a client of it and a runtime with its
// verbs, all on one virtual clock.
type cloudWorld struct {
	sim      *simulator.Simulator
	rt       *runtime.Runtime
	clock    runtime.Clock
	progress []string
}

func newCloudWorld(t *testing.T, config simulator.Config) *cloudWorld {
	t.Helper()
	w := &cloudWorld{clock: runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))}
	config.Clock = w.clock
	w.sim = startSimulator(t, config)
	w.rt = w.runtimeFor(t, rackspace.Config{Credentials: w.credentials(), Clock: w.clock})
	return w
}

func (w *cloudWorld) credentials() rackspace.StaticCredentials {
	env := map[string]string{}
	for _, line := range w.sim.Env() {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	return rackspace.StaticCredentials{
		Username: env["CLOUDSCRIPT_USERNAME"], APIKey: apiclient.Secret(env["CLOUDSCRIPT_API_KEY"]), AuthURL: w.sim.AuthURL(),
		Origin: "profile work in credentials.toml",
	}
}

func (w *cloudWorld) runtimeFor(t *testing.T, config rackspace.Config) *runtime.Runtime {
	t.Helper()
	client := rackspace.New(config)
	t.Cleanup(client.Close)
	rt, err := runtime.New(runtime.Config{
		Policy:  runtime.AllowAll(),
		Modules: Rackspace(client), Clock: w.clock,
		OnProgress: func(e runtime.ProgressEvent) { w.progress = append(w.progress, e.Verb+": "+e.Line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// check runs Lua that must print exactly want.
func (w *cloudWorld) check(t *testing.T, source, want string) {
	t.Helper()
	got, err := runLua(t, w.rt, source)
	if err != nil {
		t.Errorf("%s\n%v", source, err)
	}
	if want = strings.TrimSpace(want); strings.TrimSpace(got) != want {
		t.Errorf("%s\ngot\n%s\nwant\n%s", source, got, want)
	}
}
