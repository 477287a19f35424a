package lunanode

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// inSimulation runs f with a client of a simulated account, on one virtual clock.
func inSimulation(t *testing.T, faults []string, f func(v *clock.Virtual, sim *simulator.Simulator, c *Client)) {
	t.Helper()
	v := clock.NewVirtual(start)
	onClock(v, func() {
		sim, err := simulator.Start(simulator.Config{Clock: v, Faults: faults, LunaNode: simulated.Config{NonceClock: v}})
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = sim.Close() }()
		c := New(Config{Clock: v, Credentials: StaticCredentials{
			APIID: sim.LunaNodeAPIID(), APIKey: apiclient.Secret(sim.LunaNodeAPIKey()), URL: sim.LunaNodeURL()}})
		defer c.Close()
		f(v, sim, c)
	})
}

// together runs n calls at once, on the clock.
func together(v *clock.Virtual, n int, f func(i int)) {
	var done []chan struct{}
	for i := range n {
		ended := make(chan struct{})
		done = append(done, ended)
		v.Go(func() { defer close(ended); f(i) })
	}
	for _, ended := range done {
		_ = v.Wait(bg, ended)
	}
}

func vmCreate(c *Client, hostname string) (string, error) {
	answer, err := c.Call(bg, "vm", "create", map[string]string{"hostname": hostname, "plan_id": "1", "image_id": "26"})
	return answer.Get("vm_id").Text(), err
}

func machines(t *testing.T, c *Client) map[string]string {
	t.Helper()
	answer, err := c.Call(bg, "vm", "list", nil)
	if err != nil {
		t.Error(err)
	}
	all := map[string]string{}
	for _, row := range answer.Get("vms").List() {
		all[row.Get("vm_id").Text()] = row.Get("hostname").Text()
	}
	return all
}

// Whatever is done to the answers of creates, fifty calls make exactly fifty machines, each
// caller gets its own, and none of them sees an error; also when all have one name.
func TestEveryCreateMakesOneMachine(t *testing.T) {
	for _, fault := range []string{"lost-reply", "reset", "truncate=10", "malformed", "status=502"} {
		for _, which := range []string{"", "nth=1", "nth=2", "nth=25", "nth=50", "probability=0.1 seed=3"} {
			if which == "" && (fault == "reset" || strings.HasPrefix(fault, "status")) {
				continue // no create ever gets through
			}
			for _, distinct := range []int{50, 7, 1} {
				name := func(i int) string { return fmt.Sprint("n", i%distinct) }
				t.Run(fmt.Sprint(fault, " ", which, " ", distinct, " names"), func(t *testing.T) {
					rule := strings.Join(strings.Fields("vm.create "+which+" "+fault), " ")
					inSimulation(t, []string{rule}, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
						ids := make([]string, 50)
						together(v, 50, func(i int) {
							var err error
							if ids[i], err = vmCreate(c, name(i)); err != nil {
								t.Error(err)
							}
						})
						there := machines(t, c)
						known := map[string]bool{}
						for i, id := range ids {
							known[id] = true
							if want := name(i); there[id] != want {
								t.Errorf("create of %s gave %s, which is %q", want, id, there[id])
							}
						}
						if len(there) != 50 || len(known) != 50 {
							t.Errorf("%d machines, %d of them known, for 50 creates", len(there), len(known))
						}
					})
				})
			}
		}
	}
}

// A burst shares one list of what was there before.
func TestABurstOfCreatesListsOnce(t *testing.T) {
	inSimulation(t, nil, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		together(v, 20, func(i int) { _, _ = vmCreate(c, fmt.Sprint("n", i)) })
		if n := sim.Count("vm.list"); n != 1 {
			t.Errorf("%d lists for 20 creates at once", n)
		}
		_ = v.Sleep(bg, rollLife)
		_, _ = vmCreate(c, "later")
		if n := sim.Count("vm.list"); n != 2 {
			t.Errorf("%d lists after the first one grew old", n)
		}
	})
}

// A machine that was there before is never taken for a call's work, and neither is one whose
// time of making is not known.
func TestMachinesThatWereThereBefore(t *testing.T) {
	for _, test := range []struct {
		name   string
		faults []string
		want   string // the hint, or "" for success
		there  int
	}{
		{"one of the same name", []string{"vm.create nth=2 lost-reply"}, "", 2},
		{"and the call did nothing", []string{"vm.create nth=2 reset"}, "", 2},
		{"they cannot be listed", []string{"vm.list times=5 status=501", "vm.create nth=2 lost-reply"},
			"it may have been carried out: before trying again, see what vm/list shows (looking failed as well: the server answered 501 Not Implemented and no answer of the API)", 2},
		{"they cannot be listed at first", []string{"vm.list times=1 status=501", "vm.create nth=2 lost-reply"},
			"it may have been carried out: before trying again, see what vm/list shows (any of these may be it: machine ID, machine ID)", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			inSimulation(t, nil, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
				if _, err := vmCreate(c, "WEB1"); err != nil {
					t.Fatal(err)
				}
				_ = v.Sleep(bg, rollLife)
				other := New(c.config) // knows nothing of the first one
				defer other.Close()
				var rules []string
				for _, rule := range test.faults {
					rules = append(rules, strings.Replace(rule, "vm.create nth=2", "vm.create nth=1", 1))
				}
				if err := sim.AddFaults(rules...); err != nil {
					t.Fatal(err)
				}
				_, err := vmCreate(other, "web1")
				sim.Faults().Clear()
				got := ""
				var e *apiclient.Error
				if errors.As(err, &e) {
					got = e.Hint
					for id := range machines(t, c) {
						got = strings.ReplaceAll(got, id, "ID")
					}
				}
				if got != test.want {
					t.Errorf("got  %s\nwant %s\n%v", got, test.want, err)
				}
				if n := len(machines(t, c)); n != test.there {
					t.Errorf("%d machines", n)
				}
			})
		})
	}
}

func TestImagesAndVolumesAreLookedFor(t *testing.T) {
	inSimulation(t, []string{"image.fetch lost-reply", "volume.create lost-reply"},
		func(_ *clock.Virtual, sim *simulator.Simulator, c *Client) {
			for _, call := range []struct {
				category, action, id string
				params               map[string]string
			}{
				{"image", "fetch", "image_id", map[string]string{"region": "toronto", "name": "mine", "location": "https://example.com/i.qcow2", "format": "qcow2"}},
				{"volume", "create", "volume_id", map[string]string{"region": "toronto", "label": "data", "size": "10"}},
			} {
				answer, err := c.Call(bg, call.category, call.action, call.params)
				if err != nil || answer.Get(call.id).Text() == "" {
					t.Errorf("%s/%s: %s, %v", call.category, call.action, answer.Raw(), err)
				}
				if n := sim.Count(call.category + "." + call.action); n != 1 {
					t.Errorf("%s/%s was called %d times", call.category, call.action, n)
				}
			}
		})
}

// The table of makings names what the catalogue has.
func TestMakingsAreInTheCatalogue(t *testing.T) {
	catalogue := LoadCatalogue()
	n := 0
	for _, action := range catalogue.Actions() {
		m, ok := makingOf(action.Category, action.Name)
		if !ok {
			continue
		}
		n++
		if _, ok := action.Param(m.param); !ok || action.Effect != apiclient.EffectCreate {
			t.Errorf("%s: effect %s, parameter %s: %v", action, action.Effect, m.param, ok)
		}
		list, ok := catalogue.Action(m.category, "list")
		if !ok {
			t.Fatalf("no %s/list", m.category)
		}
		for _, want := range []struct {
			of   *Action
			name string
		}{{list, m.rows}, {list, m.rows + "[]." + m.name}, {list, m.rows + "[]." + m.id}, {action, m.identifies}} {
			found := false
			for _, f := range want.of.Response {
				found = found || f.Name == want.name
			}
			if !found {
				t.Errorf("%s answers no %s", want.of, want.name)
			}
		}
	}
	if n != 4 {
		t.Errorf("%d actions, want 4", n)
	}
}
