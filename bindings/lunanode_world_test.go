package bindings

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// A lunaNodeWorld is a simulated account, a client of it and a runtime with its
// verbs, all on one virtual clock.
type lunaNodeWorld struct {
	sim      *simulator.Simulator
	rt       *runtime.Runtime
	clock    runtime.Clock
	calls    *recorder
	progress []string
}

// A recorder is a client that keeps what went through it.
type recorder struct {
	next ActionCaller
	t    testing.TB // whose calls reach a simulator; nil for others
	seen []recorded
}

type recorded struct {
	name   string
	params map[string]string
}

func (r *recorder) Call(ctx context.Context, category, action string, params map[string]string) (lunanode.Answer, error) {
	r.seen = append(r.seen, recorded{category + "/" + action, params})
	answer, err := r.next.Call(ctx, category, action, params)
	if err == nil && r.t != nil {
		counted.Succeeded(r.t, category+"."+action)
	}
	return answer, err
}

func newLunaNodeWorld(t *testing.T, config simulated.Config) *lunaNodeWorld {
	t.Helper()
	clock := runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	w := &lunaNodeWorld{clock: clock, sim: startSimulator(t, simulator.Config{Clock: clock, LunaNode: config})}
	client := lunanode.New(lunanode.Config{Clock: clock, Credentials: lunanode.StaticCredentials{
		APIID: w.sim.LunaNodeAPIID(), APIKey: apiclient.Secret(w.sim.LunaNodeAPIKey()), URL: w.sim.LunaNodeURL(), Origin: "the simulator"}})
	t.Cleanup(client.Close)
	w.calls = &recorder{next: client, t: t}
	w.rt = newLunaNodeRuntime(t, w.calls, clock, func(e runtime.ProgressEvent) { w.progress = append(w.progress, e.Verb+": "+e.Line) })
	return w
}

func newLunaNodeRuntime(t *testing.T, client ActionCaller, clock runtime.Clock, progress func(runtime.ProgressEvent)) *runtime.Runtime {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: LunaNode(client), Clock: clock, OnProgress: progress})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// run runs Lua and returns what it printed.
func (w *lunaNodeWorld) run(t *testing.T, source string) (string, error) {
	t.Helper()
	return runLua(t, w.rt, source)
}

func runLua(t *testing.T, rt *runtime.Runtime, source string) (string, error) {
	t.Helper()
	program, err := runtime.Compile("test.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, err = rt.Run(context.Background(), program, runtime.RunOptions{Stdout: &out})
	return out.String(), err
}

// check runs Lua that must print exactly want.
func (w *lunaNodeWorld) check(t *testing.T, source, want string) {
	t.Helper()
	got, err := w.run(t, source)
	if err != nil {
		t.Errorf("%s\n%v", source, err)
	}
	if want = strings.TrimSpace(want); strings.TrimSpace(got) != want {
		t.Errorf("%s\ngot  %s\nwant %s", source, got, want)
	}
}

// answering is a client with ready answers, by category/action.
type answering map[string]string

func (a answering) Call(_ context.Context, category, action string, _ map[string]string) (lunanode.Answer, error) {
	text, ok := a[category+"/"+action]
	if !ok {
		return lunanode.Answer{}, errors.New("no answer for " + category + "/" + action)
	}
	return lunanode.ParseAnswer([]byte(text))
}
