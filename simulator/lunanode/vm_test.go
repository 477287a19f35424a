package lunanode

import (
	"testing"
	"time"
)

func TestMachineIsBuiltInAMinute(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "m.1", "image_id": "26"})
	status := func() any { return c.get("vm/info", args{"vm_id": id}, "info", "status_nohtml") }

	info := c.get("vm/info", args{"vm_id": id}, "info").(map[string]any)
	equals(t, "status", info["status_nohtml"], "BUILD")
	equals(t, "raw status", info["status_raw"], "build")
	for _, absent := range []string{"ip", "privateip", "login_details"} {
		if _, ok := info[absent]; ok {
			t.Errorf("%s is known in the first second", absent)
		}
	}
	c.clock.advance(30 * time.Second)
	if c.get("vm/info", args{"vm_id": id}, "info", "ip") == "" {
		t.Error("no address after half the build")
	}
	equals(t, "status after half the build", status(), "BUILD")
	c.clock.advance(29 * time.Second)
	equals(t, "status one second before", status(), "BUILD")
	c.clock.advance(time.Second)
	equals(t, "status after the build", status(), "Online")
}

func TestMachineInfo(t *testing.T) {
	c := newClient(t, Config{Seed: 7})
	id := c.vm("web01")
	answer := c.call("vm/info", args{"vm_id": id})
	info := dig(t, answer, "info").(map[string]any)
	for field, want := range map[string]any{
		"hostname":            "web01",
		"status":              "&lt;font color=&quot;green&quot;&gt;&lt;b&gt;Online&lt;/b&gt;&lt;/font&gt;",
		"status_raw":          "active",
		"status_color":        "green",
		"status_nohtml":       "Online",
		"task_state":          "",
		"image":               "Ubuntu 14.04 64-bit (template)",
		"os":                  "Ubuntu 14.04 64-bit (template)",
		"security_groups":     []any{"default"},
		"securitygroups":      []any{"default"},
		"volumes":             []any{},
		"ip":                  "198.18.0.2",
		"privateip":           "172.20.0.2",
		"additionalip":        []any{},
		"additionalprivateip": []any{},
		"ipv6":                []any{},
		"addresses": []any{
			map[string]any{"addr": "172.20.0.2", "version": "4", "external": ""},
			map[string]any{"addr": "198.18.0.2", "version": "4", "external": "1", "reverse": "2.0.18.198.lunanode-rdns.com."},
		},
	} {
		equals(t, field, info[field], want)
	}
	if login, _ := info["login_details"].(string); len(login) != len("username: ubuntu; password: ")+12 {
		t.Errorf("login_details: %q", login)
	}
	record := map[string]any{
		"vm_id": id, "name": "web01", "plan_id": "86", "hostname": "web01", "primaryip": "198.18.0.2", "privateip": "172.20.0.2",
		"ram": "1024", "vcpu": "1", "storage": "15", "bandwidth": "1000", "region": "toronto",
	}
	equals(t, "extra", answer["extra"], record)
	record["os_status"] = "active"
	equals(t, "row", c.get("vm/list", nil, "vms"), []any{record})
}
