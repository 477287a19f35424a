package lunanode

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestSeedOfOneMachine(t *testing.T) {
	c := newClient(t, Config{})
	var seed State
	if err := json.Unmarshal([]byte(`{"vms":[{"hostname":"web01","region":"toronto","plan":"m.1"}]}`), &seed); err != nil {
		t.Fatal(err)
	}
	if err := c.server.Restore(seed); err != nil {
		t.Fatal(err)
	}
	row := c.get("vm/list", nil, "vms", 0).(map[string]any)
	equals(t, "row", []any{row["hostname"], row["plan_id"], row["os_status"], row["primaryip"], row["privateip"]},
		[]any{"web01", "86", "active", "198.18.0.2", "172.20.0.2"})
	c.call("vm/info", args{"vm_id": row["vm_id"]})
	equals(t, "public images are still there", len(c.get("image/list", nil, "images").([]any)), 19)
	equals(t, "credit", c.get("billing/credit", nil, "credit"), "100.00000000")
}

// Machines that name no address never get one that another entry names, wherever
// it stands; the list keeps the order of the seed.
func TestSeedsMayNameAddressesLate(t *testing.T) {
	c := newClient(t, Config{})
	var seed State
	err := json.Unmarshal([]byte(`{
		"vms": [
			{"hostname": "first", "region": "toronto", "plan": "m.1"},
			{"hostname": "second", "region": "toronto", "plan": "m.1", "private_ips": ["172.20.0.2"], "floating_ips": ["198.18.0.2"]},
			{"hostname": "third", "region": "toronto", "plan": "m.1", "private_ips": [], "floating_ips": []}
		],
		"load_balancers": [{"region": "toronto", "net_id": 1, "name": "front", "ip": "172.20.0.3"}]
	}`), &seed)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.server.Restore(seed); err != nil {
		t.Fatal(err)
	}
	var rows [][]any
	for _, vm := range c.get("vm/list", nil, "vms").([]any) {
		row := vm.(map[string]any)
		rows = append(rows, []any{row["hostname"], row["privateip"], row["primaryip"]})
	}
	equals(t, "machines", rows, [][]any{
		{"first", "172.20.0.4", "198.18.0.3"}, {"second", "172.20.0.2", "198.18.0.2"}, {"third", "", ""},
	})
	id := c.id("vm/create", "vm_id", args{"hostname": "fourth", "plan_id": "m.1", "image_id": "26"})
	equals(t, "the next one is last", c.get("vm/list", nil, "vms", 3, "vm_id"), id)
}

// A dump, taken in the middle of things, is the same account: both go on alike.
func TestRestoredAccountGoesOnAsTheFirst(t *testing.T) {
	original := newSeededClient(t, Config{Seed: 3})
	building := original.id("vm/create", "vm_id", args{"hostname": "web02", "plan_id": "m.1", "image_id": "26"})
	original.plain("vm/resize", args{"vm_id": runningVM, "plan_id": "m.4"})
	original.plain("vm/floatingip-delete", args{"vm_id": stoppedVM})
	original.plain("securitygroup/rule-delete", args{"region": "toronto", "group_id": "21", "rule_id": plausible["rule_id"]})
	original.id("image/fetch", "image_id", args{"region": "toronto", "name": "f", "location": "http://example.org/f", "format": "iso"})
	original.plain("lb/associate", args{"region": "toronto", "lb_id": "61", "ip": "198.51.100.8"})
	original.clock.advance(5 * time.Second)

	text, err := json.Marshal(original.state())
	if err != nil {
		t.Fatal(err)
	}
	var state State
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	restored := newClient(t, Config{Seed: 9}) // credentials are its own, the account is not
	restored.clock.advance(5 * time.Second)
	if err := restored.server.Restore(state); err != nil {
		t.Fatal(err)
	}
	for _, step := range []time.Duration{0, time.Second, time.Minute, time.Hour} {
		original.clock.advance(step)
		restored.clock.advance(step)
		for _, e := range readCatalogue(t) {
			params := plausibleParams(t, e)
			params["vm_id"] = building
			if e.Mutates || e.path() == "image/retrieve" {
				continue
			}
			want, got := original.try(e.path(), params), restored.try(e.path(), params)
			if !reflect.DeepEqual(want, got) {
				t.Errorf("%s after %v: %v, the first says %v", e.path(), step, got, want)
			}
		}
	}
	for _, path := range []string{"vm/create", "volume/create", "sshkey/add", "securitygroup/create", "floating/add", "network/create"} {
		params := args{"hostname": "new", "plan_id": "1", "image_id": "26", "region": "toronto", "label": "l", "size": "1",
			"sshkey": publicKey, "name": "n", "subnet": "10.5.0.0/24", "dns": "1.1.1.1"}
		equals(t, path, restored.call(path, params), original.call(path, params))
	}
}

// try makes a call that may fail.
func (c *client) try(path string, params args) map[string]any {
	c.t.Helper()
	return c.post(path, c.form(path, params))
}

// Neither the state that was given nor the one that was taken changes with the
// account.
func TestStatesAreCopies(t *testing.T) {
	c := newSeededClient(t, Config{})
	taken := c.server.State()
	if err := c.server.Restore(taken); err != nil {
		t.Fatal(err)
	}
	before, _ := json.Marshal(taken)
	c.plain("securitygroup/rule-delete", args{"region": "toronto", "group_id": "21", "rule_id": plausible["rule_id"]})
	c.plain("vm/ip-delete", args{"vm_id": runningVM, "ip": "10.1.0.11"})
	c.plain("vm/stop", args{"vm_id": runningVM})
	c.plain("lb/member_remove", args{"region": "toronto", "lb_id": "61", "member_id": plausible["member_id"]})
	after, _ := json.Marshal(taken)
	equals(t, "state", string(after), string(before))
}

// Nor does the built-in seed, which all servers share.
func TestServersShareNothing(t *testing.T) {
	c := newClient(t, Config{})
	rule := c.get("securitygroup/rule-list", args{"region": "toronto", "group_id": "11"}, "0", "id")
	c.plain("securitygroup/rule-delete", args{"region": "toronto", "group_id": "11", "rule_id": rule})
	c.plain("securitygroup/rename", args{"region": "toronto", "group_id": "11", "name": "open"})
	other := newClient(t, Config{})
	equals(t, "group", other.get("securitygroup/list", nil, "securitygroups", 0, "name"), "default")
	equals(t, "rules", len(other.call("securitygroup/rule-list", args{"region": "toronto", "group_id": "11"})), 5)
}

func TestStatesThatDoNotFit(t *testing.T) {
	c := newSeededClient(t, Config{})
	for _, test := range []struct{ name, state, want string }{
		{"unknown plan", `{"vms":[{"hostname":"a","region":"toronto","plan":"xl"}]}`,
			`vms[0]: unknown plan "xl"; a plan is named by its id or its name`},
		{"unknown next plan", `{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","plan_after":"xl"}]}`, `vms[0]: unknown plan "xl"`},
		{"unknown region", `{"vms":[{"hostname":"a","region":"atlantis","plan":"m.1"}]}`,
			`vms[0]: unknown region "atlantis"; the section regions has the known ones`},
		{"no hostname", `{"vms":[{"region":"toronto","plan":"m.1"}]}`, `vms[0]: hostname is empty`},
		{"unknown status", `{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","status":"on fire"}]}`,
			`vms[0]: unknown status "on fire"; the known ones are active, build, error, rescued, shelved_offloaded, shutoff`},
		{"unknown status to come", `{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","status_after":"gone"}]}`,
			`vms[0]: unknown status "gone"; the known ones are active, build, error, rescued, shelved_offloaded, shutoff`},
		{"unknown group", `{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","security_groups":[99]}]}`,
			`vms[0]: unknown security group 99 in toronto`},
		{"unknown network", `{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","net_id":99}]}`, `vms[0]: unknown network 99 in toronto`},
		{"same machine twice", `{"vms":[{"vm_id":"x","hostname":"a","region":"toronto","plan":"1"},{"vm_id":"x","hostname":"b","region":"toronto","plan":"1"}]}`,
			`vms[1]: vm x stands there twice`},
		{"same address twice", `{"vms":[{"hostname":"a","region":"toronto","plan":"1","floating_ips":["192.0.2.1"]},{"hostname":"b","region":"toronto","plan":"1","floating_ips":["192.0.2.1"]}]}`,
			`vms[1]: address 192.0.2.1 is attached to another machine already`},
		{"no address", `{"vms":[{"hostname":"a","region":"toronto","plan":"1","floating_ips":["home"]}]}`, `vms[0]: "home" is not an IPv4 address`},
		{"private address elsewhere", `{"vms":[{"hostname":"a","region":"toronto","plan":"1","private_ips":["10.0.0.1"]}]}`,
			`vms[0]: invalid private ip 10.0.0.1: must be a free address of the network 172.20.0.0/16`},
		{"boot volume elsewhere", `{"vms":[{"vm_id":"x","hostname":"a","region":"toronto","plan":"1","boot_volume_id":7}]}`,
			`vm x: boot volume 7 is not attached to it`},
		{"floating address twice", `{"floating_ips":[{"ip":"192.0.2.1","region":"toronto"},{"ip":"192.0.2.1","region":"toronto"}]}`,
			`floating_ips[1]: address 192.0.2.1 stands there twice`},
		{"no floating address", `{"floating_ips":[{"ip":"::1","region":"toronto"}]}`, `floating_ips[0]: "::1" is not an IPv4 address`},
		{"volume of nobody", `{"volumes":[{"name":"a","region":"toronto","size":1,"vm_id":"x"}]}`,
			`volumes[0]: it is attached to vm "x", which is not in toronto`},
		{"volume in an unknown state", `{"volumes":[{"name":"a","region":"toronto","size":1,"status":"lost"}]}`,
			`volumes[0]: unknown status "lost"; the known ones are creating, downloading, available, in-use`},
		{"volume in use by nobody", `{"volumes":[{"name":"a","region":"toronto","size":1,"status":"in-use"}]}`,
			`volumes[0]: status "in-use" does not go with vm_id ""`},
		{"attached volume that is free", `{"vms":[{"vm_id":"x","hostname":"a","region":"toronto","plan":"1"}],"volumes":[{"name":"a","region":"toronto","size":1,"status":"available","vm_id":"x"}]}`,
			`volumes[0]: status "available" does not go with vm_id "x"`},
		{"address of another region", `{"floating_ips":[{"ip":"192.0.2.1","region":"roubaix"}],"vms":[{"hostname":"a","region":"toronto","plan":"1","floating_ips":["192.0.2.1"]}]}`,
			`vms[0]: address 192.0.2.1 is in roubaix, not in toronto`},
		{"balancer without an address", `{"load_balancers":[{"region":"toronto","net_id":1,"name":"a","ip":"home"}]}`, `load_balancers[0]: "home" is not an IPv4 address`},
		{"id twice", `{"scripts":[{"script_id":7,"name":"a"},{"script_id":7,"name":"b"}]}`,
			`scripts[1]: id 7 cannot be used: it is negative or stands there twice`},
		{"negative id", `{"scripts":[{"script_id":-7,"name":"a"}]}`, `scripts[0]: id -7 cannot be used: it is negative or stands there twice`},
		{"no subnet", `{"networks":[{"name":"a","region":"toronto","subnet":"home"}]}`, `networks[0]: "home" is not an IPv4 subnet of /29 or larger such as 10.1.0.0/24`},
		{"subnet of IPv6", `{"networks":[{"name":"a","region":"toronto","subnet":"fd00::/16"}]}`,
			`networks[0]: "fd00::/16" is not an IPv4 subnet of /29 or larger such as 10.1.0.0/24`},
		{"subnet without room", `{"networks":[{"name":"a","region":"toronto","subnet":"10.0.0.0/30"}]}`,
			`networks[0]: "10.0.0.0/30" is not an IPv4 subnet of /29 or larger such as 10.1.0.0/24`},
		{"network for a balancer", `{"load_balancers":[{"region":"toronto","net_id":9,"name":"a"}]}`, `load_balancers[0]: unknown network 9 in toronto`},
		{"address for a balancer", `{"load_balancers":[{"region":"toronto","net_id":1,"name":"a","floating_ip":"192.0.2.1"}]}`,
			`load_balancers[0]: floating address 192.0.2.1: invalid ip`},
		{"record without a zone", `{"records":[{"zone_id":7,"name":"a","type":"A"}]}`, `records[0]: unknown zone 7`},
		{"no zone", `{"zones":[{"name":"a b","ttl":1}]}`, `zones[0]: "a b" is not a domain`},
		{"type of check", `{"checks":[{"name":"a","type":"smtp"}]}`, `checks[0]: unknown type of check "smtp"`},
		{"alert without a check", `{"alerts":[{"check_id":1,"contact_id":1}]}`, `alerts[0]: unknown check 1`},
		{"mailbox without a domain", `{"mailboxes":[{"domain_id":1,"username":"a"}]}`, `mailboxes[0]: unknown domain 1`},
		{"alias without a domain", `{"mail_aliases":[{"domain_id":1,"name":"a"}]}`, `mail_aliases[0]: unknown domain 1`},
		{"random", `{"random":"AAAA"}`, `random: not the state of a source of UUIDs`},
		{"no regions for the seed's images", `{"regions":[]}`, `images[0]: unknown region "toronto"; the section regions has the known ones`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var state State
			if err := json.Unmarshal([]byte(test.state), &state); err != nil {
				t.Fatal(err)
			}
			err := c.server.Restore(state)
			if err == nil || err.Error() != "lunanode simulator: state: "+test.want {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
	c.call("vm/info", args{"vm_id": runningVM}) // the account is as it was
}

func TestCreditInASeed(t *testing.T) {
	var state State
	err := json.Unmarshal([]byte(`{"credit":"ten"}`), &state)
	if err == nil || !strings.Contains(err.Error(), `"ten" is not an amount of dollars; write it as "12.50"`) {
		t.Error(err)
	}
}

// Whatever state is accepted, every action works on it.
func FuzzRestore(f *testing.F) {
	fixture, err := os.ReadFile("testdata/account.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(fixture)
	f.Add([]byte(`{"vms":[{"hostname":"a","region":"toronto","plan":"m.1","private_ips":[],"floating_ips":[],"security_groups":[]}]}`))
	f.Add([]byte(`{"regions":[],"plans":[],"images":[],"networks":[],"security_groups":[]}`))
	f.Add([]byte(`{"networks":[{"name":"tiny","region":"toronto","subnet":"10.0.0.0/29","next_ip":"10.0.0.0"}],"next_ip":"::1"}`))
	entries := readCatalogue(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		var state State
		if json.Unmarshal(text, &state) != nil {
			return
		}
		server := New(Config{Clock: &testClock{now: testStart}})
		if server.Restore(state) != nil {
			return
		}
		for _, e := range entries {
			ps := params{}
			for name, value := range plausibleParams(t, e) {
				ps[name] = param{text: fmt.Sprint(value)}
			}
			if catalogue().check(actionName{e.Category, e.Action}, ps) == nil {
				server.do(actionName{e.Category, e.Action}, ps, false)
			}
		}
		if err := server.Restore(server.State()); err != nil {
			t.Errorf("the dump cannot be restored: %v", err)
		}
	})
}
