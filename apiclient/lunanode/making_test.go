package lunanode

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

// rollLife is apiclient's.
const rollLife = 30 * time.Second

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

// Each action that makes a thing with a name: the answer is lost, and the thing is found.
func TestWhatHasANameIsLookedFor(t *testing.T) {
	calls := map[string]map[string]string{
		"vm/create":            {"hostname": "web1", "plan_id": "1", "image_id": "26"},
		"vm/snapshot":          {"name": "golden"},
		"image/fetch":          {"region": "toronto", "name": "mine", "location": "https://example.com/i.qcow2", "format": "qcow2"},
		"volume/create":        {"region": "toronto", "label": "data", "size": "10"},
		"network/create":       {"region": "toronto", "name": "back", "subnet": "10.1.0.0/24", "dns": "8.8.8.8"},
		"lb/create":            {"region": "toronto", "name": "front", "method": "ROUND_ROBIN", "protocol": "HTTP", "connection_limit": "100", "port": "80"},
		"securitygroup/create": {"region": "toronto", "name": "web"},
		"script/create":        {"name": "init", "content": "#!/bin/sh"},
		"sshkey/add":           {"label": "laptop", "sshkey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBxy mira@laptop"},
		"dns/dyn-add":          {"name": "home", "ip": "198.51.100.7"},
		"monitor/check-add":    {"name": "site", "type": "http", "check_interval": "60", "delay": "2", "url": "https://example.com/"},
	}
	for _, action := range LoadCatalogue().Actions() {
		m, ok := makingOf(action.Category, action.Name)
		if !ok {
			continue
		}
		t.Run(action.String(), func(t *testing.T) {
			inSimulation(t, nil, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
				params := calls[action.String()]
				switch action.String() {
				case "vm/snapshot":
					params["vm_id"], _ = vmCreate(c, "web1")
					_ = v.Sleep(bg, time.Hour) // until it is online
				case "lb/create":
					answer, err := c.Call(bg, "network", "list", nil)
					if err != nil {
						t.Fatal(err)
					}
					params["net_id"] = answer.Get("networks").List()[0].Get("net_id").Text()
				}
				operation := strings.ReplaceAll(action.String(), "/", ".")
				sim.ForgetCalls()
				if err := sim.AddFaults(operation + " lost-reply"); err != nil {
					t.Fatal(err)
				}
				ids := map[string]bool{}
				for i := range 2 { // of one name, so that the first one's work must not be taken for the second one's
					if i > 0 && action.String() == "dns/dyn-add" {
						params["name"] = "office" // these are unique
					}
					answer, err := c.Call(bg, action.Category, action.Name, params)
					if err != nil {
						t.Fatal(err)
					}
					ids[answer.Get(m.identifies).Text()] = true
				}
				if n := sim.Count(operation); n != 2 || len(ids) != 2 || ids[""] {
					t.Errorf("two calls were sent %d times and made %v", n, ids)
				}
			})
		})
	}
}

// A thing of the same name in another region, made by somebody else since the list, is not the
// call's work.
func TestRegionsAreToldApart(t *testing.T) {
	inSimulation(t, []string{"securitygroup.create reset nth=3"}, func(_ *clock.Virtual, sim *simulator.Simulator, c *Client) {
		create := func(c *Client, region, name string) string {
			answer, err := c.Call(bg, "securitygroup", "create", map[string]string{"region": region, "name": name})
			if err != nil {
				t.Error(err)
			}
			return answer.Get("group_id").Text()
		}
		create(c, "montreal", "db") // lists what there is
		other := New(c.config)
		defer other.Close()
		if theirs, ours := create(other, "toronto", "web"), create(c, "montreal", "web"); theirs == ours {
			t.Errorf("both groups are %s", ours)
		}
	})
}

// An answer of success that does not tell the id (it is not confirmed for all actions) must not
// let the next call of that name take the thing for its own.
func TestACreateWithoutAnIDIsNotTakenForTheNextOne(t *testing.T) {
	var mu sync.Mutex
	networks := []string{}
	creates := 0
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if strings.HasSuffix(r.URL.Path, "/list/") {
			fmt.Fprintf(w, `{"success":"yes","networks":[%s]}`, strings.Join(networks, ","))
			return
		}
		if creates++; creates == 2 {
			drop(w, r) // before it is carried out
			return
		}
		networks = append(networks, fmt.Sprintf(`{"net_id":"%d","name":"back"}`, creates))
		fmt.Fprint(w, `{"success":"yes"}`)
	})
	c, v := testClient(t, f)
	onClock(v, func() {
		for range 2 {
			if _, err := c.Call(bg, "network", "create", map[string]string{"name": "back", "region": "toronto"}); err != nil {
				t.Error(err)
			}
		}
	})
	mu.Lock()
	defer mu.Unlock()
	if len(networks) != 2 {
		t.Errorf("two calls made %v", networks)
	}
}

// The table of makings names what the catalogue has.
func TestMakingsAreInTheCatalogue(t *testing.T) {
	catalogue := LoadCatalogue()
	for _, action := range catalogue.Actions() {
		m, ok := makingOf(action.Category, action.Name)
		if !ok {
			continue
		}
		if _, ok := action.Param(m.param); !ok || action.Effect != apiclient.EffectCreate {
			t.Errorf("%s: effect %s, parameter %s: %v", action, action.Effect, m.param, ok)
		}
		list, ok := catalogue.Action(m.list, m.listAction())
		if !ok {
			t.Fatalf("no %s/%s", m.list, m.listAction())
		}
		if !list.ResponseConfirmed {
			t.Errorf("what %s answers is not confirmed", list)
		}
		if p, ok := list.Param("region"); m.regional != (ok && p.Required) {
			t.Errorf("%s: regional is %v", action, m.regional)
		}
		row := ""
		for _, f := range list.Top() {
			row = f.Name + strings.Repeat("[]", btoi(f.Shape() == List)) + strings.Repeat("{}", btoi(f.Shape() == Map))
			if m.rows != "" && f.Name != m.rows || m.rows == "" && f.Shape() != Flat {
				t.Errorf("%s answers %s, not %q", list, f.Name, m.rows)
			}
		}
		for of, name := range map[*Action]string{list: row + "." + m.name, action: m.identifies} {
			if !slices.ContainsFunc(of.Response, func(f Field) bool { return f.Name == name }) {
				t.Errorf("%s answers no %s", of, name)
			}
		}
		if !slices.ContainsFunc(list.Response, func(f Field) bool { return f.Name == row+"."+m.id }) {
			t.Errorf("%s has no %s in its rows", list, m.id)
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What a lost answer's error says to look at is an action that shows it.
func TestWhatToLookAt(t *testing.T) {
	for action, want := range map[string]string{
		"vm/create": "vm/list", "vm/snapshot": "image/list", "vm/reboot": "vm/info", "vm/delete": "vm/info", "vm/ip-add": "vm/iplist",
		"vm/floatingip-add": "floating/list", "image/replicate": "image/list", "image/rename": "image/details", "volume/attach": "volume/info",
		"volume/snapshot-create": "volume/snapshot-list", "floating/add": "floating/list", "securitygroup/rule-insert": "securitygroup/rule-list",
		"securitygroup/rename": "securitygroup/list", "script/update": "script/get", "sshkey/remove": "sshkey/list", "dns2/zone-add": "dns2/zone-list",
		"dns2/record-remove": "dns2/record-list", "dns/dyn-update": "dns/dyn-list", "dns/set": "dns/list", "lb/member_add": "lb/info", "lb/create": "lb/list",
		"monitor/alert-add": "monitor/alert-list", "email/user-set-password": "email/user-list", "email/domain-dkim-set": "email/domain-list",
	} {
		category, name, _ := strings.Cut(action, "/")
		a, ok := LoadCatalogue().Action(category, name)
		if got := "see what " + want + " shows"; !ok || a.request.LookAt != got {
			t.Errorf("%s says: %s, want %s", action, a.request.LookAt, want)
		}
	}
	for _, a := range LoadCatalogue().Actions() {
		if a.Mutates && !strings.HasPrefix(a.request.LookAt, "see what ") {
			t.Errorf("%s says: %s", a, a.request.LookAt)
		}
	}
}
