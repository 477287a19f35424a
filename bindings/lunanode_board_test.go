package bindings

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
	"github.com/cloudscript/cloudscript/stdlib"
)

const twenty = `
	local function make() return vm.create{hostname = "web", plan_id = 1, image_id = 26} end
	local numbers = {}
	for i = 1, 20 do numbers[i] = i end
	local function each(wait)
		local n = 0
		for _, found in ipairs(parallel.map(numbers, wait, {limit = 20})) do
			if found then n = n + 1 end
		end
		print(n)
	end
	`

// Twenty things are waited for at once: each is asked for when its wait begins and when there is
// news, and lists do the rest. One by one it is three to five times as many calls.
func TestManyWaitsShareLists(t *testing.T) {
	for _, test := range []struct {
		name, source, single, list string
		most                       int // single calls
	}{
		{"machines online", `each(function() return make():wait("Online") end)`, "vm.info", "vm.list", 100},
		{"machines offline", `each(function() local m = make() m:wait() m:stop() return m:wait("Offline") end)`, "vm.info", "vm.list", 160},
		{"machines gone", `each(function(i) local m = make() m:wait() task.spawn(function() time.sleep("90s") m:delete() end) return m:wait("gone") == nil end)`,
			"vm.info", "vm.list", 160},
		{"images", `each(function(i) return image.wait(image.fetch{region = "toronto", name = "i" .. i, location = "http://example.com/x", format = "qcow2"}) end)`,
			"image.details", "image.list", 140},
		{"volumes", `each(function(i) return volume.wait(volume.create{region = "toronto", label = "v" .. i, size = 10}) end)`,
			"volume.info", "volume.list", 100},
	} {
		for _, fault := range []string{"", test.list + " after=1 probability=0.5 seed=1 status=501"} {
			t.Run(test.name+" "+fault, func(t *testing.T) {
				const long = 100 * time.Second
				w := newLunaNodeWorld(t, simulated.Config{Timing: simulated.Timing{Build: long, Task: long, Image: 2 * long, Volume: long}})
				if fault != "" {
					if err := w.sim.AddFaults(fault); err != nil {
						t.Fatal(err)
					}
				}
				out, err := runLua(t, withTasks(t, w.calls.next, w.clock), twenty+test.source)
				if err != nil || strings.TrimSpace(out) != "20" {
					t.Errorf("%q, %v", out, err)
				}
				if asked, lists := w.sim.Count(test.single), w.sim.Count(test.list); fault == "" && (asked > test.most || lists < 5 || lists > 100) {
					t.Errorf("%d single calls and %d lists", asked, lists)
				}
			})
		}
	}
}

// withTasks is a runtime with tasks beside the cloud's verbs.
func withTasks(t *testing.T, client ActionCaller, clock runtime.Clock) *runtime.Runtime {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Clock: clock,
		Modules: slices.Concat(stdlib.Modules(stdlib.Config{}), LunaNode(client))})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// A stale service tells in lists what machines were long ago.
type stale struct {
	clock runtime.Clock
	began time.Time
}

func (s stale) Call(_ context.Context, _, action string, params map[string]string) (lunanode.Answer, error) {
	state, raw := "BUILD", "build"
	if s.clock.Now().Sub(s.began) > 3*time.Minute {
		state, raw = "Online", "active"
	}
	if action == "list" {
		return lunanode.ParseAnswer([]byte(`{"success":"yes","vms":[{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c10","os_status":"build"},
			{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","os_status":"build"},{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c12","os_status":"build"}]}`))
	}
	return lunanode.ParseAnswer([]byte(`{"success":"yes","extra":{},"info":{"status_nohtml":"` + state + `","status_raw":"` + raw + `"}}`))
}

// A list is a hint: where it does not tell the present state, waits ask for their own in time.
func TestAListIsNotBelievedForever(t *testing.T) {
	clock := runtime.NewVirtualClock(time.Unix(0, 0))
	rt := withTasks(t, stale{clock, clock.Now()}, clock)
	out, err := runLua(t, rt, `
		parallel.map({0, 1, 2}, function(i) vm.wait("5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c1" .. i, "Online") end)
		print(time.now())`)
	if err != nil || strings.TrimSpace(out) != "240" {
		t.Errorf("ended at %q, %v", out, err)
	}
}

// While a machine is rebooting lists show it active, as they do before and after.
func TestAListSaysNothingAboutATask(t *testing.T) {
	for want, maybe := range map[string]map[string]bool{
		"online":  {"build": false, "active": true, "shutoff": false},
		"Offline": {"active": false, "shutoff": true, "stopped": true},
		"gone":    {"active": false},
		"shutoff": {"active": false, "shutoff": true},
		"Rescue":  {"active": true, "rescued": true},
	} {
		for raw, expected := range maybe {
			if got := vmMayBe(want, raw); got != expected {
				t.Errorf("%s while lists show %s: %v", want, raw, got)
			}
		}
	}
}
