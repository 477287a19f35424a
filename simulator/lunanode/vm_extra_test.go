package lunanode

import (
	"strings"
	"testing"
	"time"
)

func TestSnapshotOfAMachine(t *testing.T) {
	c := newClient(t, Config{})
	vm := c.vm("web01")
	id := c.id("vm/snapshot", "image_id", args{"vm_id": vm, "name": "golden"})
	equals(t, "at first", c.imageStatus(id), "queued")
	c.clock.advance(45 * time.Second)
	c.id("vm/create", "vm_id", args{"hostname": "copy", "plan_id": "m.1", "image_id": id})
}

func TestConsole(t *testing.T) {
	c := newClient(t, Config{})
	vm := args{"vm_id": c.vm("web01")}
	first, second := c.id("vm/vnc", "vnc_url", vm), c.id("vm/vnc", "vnc_url", vm)
	if !strings.HasPrefix(first, "https://vnc.simulator.invalid/vnc_auto.html?token=") || first == second {
		t.Errorf("%s and %s", first, second)
	}
}

func TestUsage(t *testing.T) {
	c := newClient(t, Config{})
	vm := c.vm("web01")
	usage := func(key string) []any {
		t.Helper()
		return c.get("vm/usage", args{"vm_id": vm, "key": key}, "usage").([]any)
	}
	equals(t, "samples of the first minute", len(usage("cpu")), 1)
	c.clock.advance(3 * time.Hour)
	for key, names := range map[string][]string{
		"bandwidth": {"incoming_rate", "outgoing_rate", "total_rate"}, "cpu": {"percent"}, "io": {"read", "write"},
	} {
		samples := usage(key)
		equals(t, "samples of "+key, len(samples), 13)
		first := samples[0].(map[string]any)
		equals(t, "time of "+key, first["unix_time"], "1772373600") // 14:00, an hour ago
		equals(t, "members of "+key, len(first), len(names)+1)
		for _, name := range names {
			dig(t, first, name)
		}
		equals(t, "asked again", usage(key), samples)
	}
	c.refuse("vm/usage", args{"vm_id": vm, "key": "luck"}, "invalid key: must be bandwidth, cpu or io")
}

func TestSettingsOfAMachine(t *testing.T) {
	c := newClient(t, Config{})
	id := c.vm("web01")
	c.plain("vm/set-fairshare", args{"vm_id": id, "charge_for_cpu": "yes", "fairshare_nolend": "no"})
	c.refuse("vm/set-fairshare", args{"vm_id": id, "charge_for_cpu": "1", "fairshare_nolend": "no"}, "invalid charge_for_cpu: must be yes or no")
	c.plain("vm/setpassword", args{"vm_id": id, "password": "changed"})
	equals(t, "login", c.get("vm/info", args{"vm_id": id}, "info", "login_details"), "username: ubuntu; password: changed")
	vm := c.server.State().VMs[0]
	equals(t, "fair share", []bool{vm.ChargeForCPU, vm.FairshareNoLend}, []bool{true, false})
}
