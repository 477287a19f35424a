package bindings

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// A lost answer to a create is never answered with another create: what it made is found.
func TestLostAnswerToACreate(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	if err := w.sim.AddFaults("vm.create nth=1 lost-reply"); err != nil {
		t.Fatal(err)
	}
	w.check(t, `
		local made = vm.create{hostname = "web01", plan_id = 1, image_id = 26}
		print(made.vm_id == vm.list()[1].vm_id, #vm.list())
		print(vm.info(made.vm_id).info.hostname)
	`, "true\t1\nweb01")
	if n := w.sim.Count("vm.create"); n != 1 {
		t.Errorf("%d requests to create", n)
	}
}

// A read is repeated through whatever the network does, on the run's clock.
func TestReadsSurviveTheNetwork(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	if err := w.sim.AddFaults("vm.list nth=1 lost-reply", "vm.list nth=2 status=503", "vm.list nth=3 status=500"); err != nil {
		t.Fatal(err)
	}
	began := w.clock.Now()
	w.check(t, `print(#vm.list())`, "0")
	if n := w.sim.Count("vm.list"); n != 4 {
		t.Errorf("%d requests, want four", n)
	}
	if w.clock.Now().Equal(began) {
		t.Error("it did not wait between attempts")
	}
}

// The strictest service that the spec thinks possible takes bursts of identical
// calls, and text of any script.
func TestStrictService(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{NoncePolicy: simulated.NonceNoReplay, RefuseRawUTF8: true})
	w.check(t, `
		for i = 1, 200 do plan.list() end
		local id = script.create{name = "café 世界 😀", content = "#!/bin/sh\necho 'naïve' \"$1\" | tee /dev/null\n"}.script_id
		local s = script.get(id)
		print(s.name, #s.content)
	`, "café 世界 😀\t45")
	if n := w.sim.Count("plan.list"); n != 200 {
		t.Errorf("%d requests for 200 calls: some were refused and repeated", n)
	}
}

func TestClockIsWrong(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{ClockSkew: time.Hour})
	e := waitError(t, w, `vm.list()`)
	if e.Kind != runtime.Unauthorized || !strings.Contains(e.Message, "computer time off") || !strings.Contains(e.Hint, "clock") {
		t.Errorf("%+v", e)
	}
	if n := w.sim.Count("vm.list"); n != 2 {
		t.Errorf("%d requests, want one repetition", n)
	}
}

// The example of every action is understood by the simulated service, which shares
// no code with the client: none is refused for its signature, its name or a missing
// parameter.
func TestEveryActionReachesTheService(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	for _, m := range w.rt.Modules() {
		for _, v := range m.Verbs {
			if v.Func == nil || strings.HasSuffix(v.Name, ".wait") {
				continue
			}
			before := len(w.sim.Calls())
			_, err := w.run(t, v.Example)
			calls := w.sim.Calls()[before:]
			// What some create is looked for in is listed before it.
			if n := len(calls); n == 0 || n > 2 || !calls[n-1].Acted || n == 2 && !strings.HasSuffix(calls[0].Operation, "list") {
				t.Errorf("%s: calls %+v", v.Example, calls)
			}
			var refusal *lunanode.Refusal
			if err == nil {
				continue
			}
			if !errors.As(err, &refusal) {
				t.Errorf("%s: %v", v.Example, err)
			} else if strings.HasPrefix(refusal.Text, "required parameter") || strings.HasPrefix(refusal.Text, "authentication") || strings.HasPrefix(refusal.Text, "invalid action") {
				t.Errorf("%s: %s", v.Example, refusal.Text)
			}
		}
	}
}

// Both clouds stand in one script, under different names.
func TestBothCloudsInOneScript(t *testing.T) {
	w := newLunaNodeWorld(t, simulated.Config{})
	client := rackspace.New(rackspace.Config{Clock: w.clock, Credentials: rackspace.StaticCredentials{
		Username: w.sim.Username(), APIKey: "not used", AuthURL: w.sim.AuthURL()}})
	t.Cleanup(func() { client.Close() })
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Clock: w.clock, Modules: slices.Concat(Rackspace(client), LunaNode(w.calls))})
	if err != nil {
		t.Fatal(err)
	}
	out, err := runLua(t, rt, `
		print(type(servers.list), type(vm.list), type(images.list), type(image.list), type(table.concat), type(string.format))
		vm.create{hostname = "web01", plan_id = "m.1", image_id = 26}
		print(vm.list()[1].name)`)
	want := "function\tfunction\tfunction\tfunction\tfunction\tfunction\nweb01\n"
	if err != nil || out != want {
		t.Errorf("%s%v", out, err)
	}
}
