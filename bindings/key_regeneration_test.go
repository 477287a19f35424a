package bindings

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// A keyWorld is one account on each cloud whose keys are in a credentials file, and a
// script beside which somebody sits at the control panels and at the file.
type keyWorld struct {
	sim  *simulator.Simulator
	file string
	keys []string // every key there ever was
}

// paste writes the keys into the file that are good now.
func (w *keyWorld) paste(t *testing.T) {
	t.Helper()
	w.keys = append(w.keys, w.sim.APIKey(), w.sim.LunaNodeAPIKey())
	text := fmt.Sprintf("[default.rackspace]\nusername = %q\napi_key = %q\nauth_url = %q\n[default.lunanode]\napi_id = %q\napi_key = %q\nurl = %q\n",
		w.sim.Username(), w.sim.APIKey(), w.sim.AuthURL(), w.sim.LunaNodeAPIID(), w.sim.LunaNodeAPIKey(), w.sim.LunaNodeURL())
	if err := os.WriteFile(w.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// panel is what happens beside the script, as verbs so that it happens where the script
// says.
func (w *keyWorld) panel(t *testing.T) runtime.Module {
	act := func(name string, f func()) runtime.Verb {
		return runtime.Verb{Name: "panel." + name, Effect: runtime.Update, Doc: "Acts beside the script.",
			Func: func(context.Context, *runtime.Call) (any, error) {
				f()
				return nil, nil
			}}
	}
	return runtime.Module{Name: "panel", Doc: "The control panels.", Verbs: []runtime.Verb{
		act("expire", w.sim.ExpireToken),
		act("regenerate", func() {
			w.keys = append(w.keys, w.sim.ResetKey())
			key := strings.Repeat(fmt.Sprintf("%x", len(w.keys)), 128)
			w.sim.LunaNode().SetAPIKey(key)
			w.keys = append(w.keys, key)
		}),
		act("paste", func() { w.paste(t) }),
	}}
}

func (w *keyWorld) runtime(t *testing.T, clock runtime.Clock) *runtime.Runtime {
	t.Helper()
	source := credentials.New(credentials.Config{Path: w.file, Getenv: func(string) string { return "" }})
	servers := rackspace.New(rackspace.Config{Clock: clock, Credentials: source.Rackspace()})
	t.Cleanup(servers.Close)
	lunaNode := lunanode.New(lunanode.Config{Clock: clock, Credentials: source.LunaNode()})
	t.Cleanup(lunaNode.Close)
	rt, err := runtime.New(runtime.Config{
		Policy: runtime.AllowAll(),
		Clock:  clock, Modules: slices.Concat(Rackspace(servers), LunaNode(lunaNode), []runtime.Module{w.panel(t)}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// A script goes on once the file has the keys that were regenerated; until then its
// errors say what happened, and no key.
func TestARunningScriptTakesARegeneratedKey(t *testing.T) {
	clock := runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	w := &keyWorld{sim: startSimulator(t, simulator.Config{Clock: clock}), file: filepath.Join(t.TempDir(), "credentials.toml")}
	w.paste(t)
	program, err := runtime.Compile("nightly.lua", []byte(`
		local function try(name, verb)
			local ok, e = pcall(verb)
			if ok then print(name, "done") else print(name, e.kind, e.message, e.hint) end
		end
		local function both() try("Cloud Servers", servers.list) try("Luna Node", vm.list) end
		both()
		panel.regenerate()
		both()          -- the token still opens Cloud Servers
		panel.expire()
		both()
		both()
		panel.paste()
		both()
		panel.regenerate()
		panel.expire()
		panel.paste()
		both()          -- pasted in time, nobody notices
	`))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := w.runtime(t, clock).Run(t.Context(), program, runtime.RunOptions{Stdout: &out}); err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(out.String(), w.file, "FILE")
	const (
		servers  = "Cloud Servers\tunauthorized\tuser \"demo\" and the API key were refused: Bad username or password\tcheck the user name and the key in profile default in FILE: a key that was regenerated in the control panel replaces the old one at once\n"
		lunaNode = "Luna Node\tunauthorized\tauthentication failure; common reasons: bad nonce (computer time off), source IP mismatch, invalid API id/key\tyour clock agrees with the server's; check the API id and key in profile default in FILE, and the addresses that the key is restricted to (they were read again and have not changed)\n"
	)
	want := "Cloud Servers\tdone\nLuna Node\tdone\n" +
		"Cloud Servers\tdone\n" + lunaNode + servers + lunaNode + servers + lunaNode +
		"Cloud Servers\tdone\nLuna Node\tdone\n" + "Cloud Servers\tdone\nLuna Node\tdone\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, key := range w.keys {
		if strings.Contains(out.String(), key) {
			t.Error("a key was printed")
		}
	}
}
