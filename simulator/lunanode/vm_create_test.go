package lunanode

import (
	"strings"
	"testing"
	"time"
)

func TestCreateFaults(t *testing.T) {
	c := newSeededClient(t, Config{})
	for _, test := range []struct {
		change args
		want   string
	}{
		{args{"plan_id": "7"}, "invalid plan selection"},
		{args{"plan_id": "xl"}, "invalid plan selection"},
		{args{"image_id": "1"}, "invalid image selection"},
		{args{"image_id": "latest"}, "invalid image selection"},
		{args{"region": "montreal"}, "invalid image selection"}, // every region has its own copies
		{args{"region": "atlantis"}, "invalid region"},
		{args{"image_id": ""}, "required parameter image_id not set"},
		{args{"volume_id": "1"}, "invalid volume"},
		{args{"volume_id": "4683"}, "the volume must be available before attach can proceed"},
		{args{"net_id": "2"}, "invalid network"}, // of montreal
		{args{"securitygroups": "11,99"}, "invalid security group"},
		{args{"securitygroups": "11, 21"}, "invalid security group"}, // no blanks in lists
		{args{"ip": "203.0.113.9"}, "invalid ip"},
		{args{"ip": "198.51.100.7"}, "the ip is attached already"},
		{args{"affinity_group": "2d2b1d16-33a1-4d3f-9f4c"}, "invalid affinity_group: must be a UUID"},
		{args{"affinity_group": "2d2b1d16-33a1-4d3f-9f4c-1a1fb3a4d00x"}, "invalid affinity_group: must be a UUID"},
		{args{"set_password": "true"}, "invalid set_password: must be yes or no"},
		{args{"hostname": strings.Repeat("h", 256)}, "invalid hostname: must be at most 255 bytes long"},
	} {
		params := args{"hostname": "web01", "plan_id": "m.1", "image_id": "26"}
		for name, value := range test.change {
			params[name] = value
		}
		c.refuse("vm/create", params, test.want)
	}
	equals(t, "machines", len(c.get("vm/list", nil, "vms").([]any)), 3)
	equals(t, "addresses", len(c.get("floating/list", nil, "ips").([]any)), 4)
}

func TestCreateTakesEverythingAtOnce(t *testing.T) {
	c := newSeededClient(t, Config{})
	id := c.id("vm/create", "vm_id", args{
		"hostname": "web02", "plan_id": 86, "image_id": "140", "region": "toronto", "ip": "198.51.100.8", "net_id": "5",
		"securitygroups": "11,21", "scripts": "1064", "key_id": "1862", "set_password": "yes", "prefer": "distinct",
		"affinity_group": "2d2b1d16-33a1-4d3f-9f4c-1a1fb3a4d009", "storage": "15", "label": "ignored",
	})
	c.clock.advance(time.Minute)
	info := c.get("vm/info", args{"vm_id": id}, "info").(map[string]any)
	equals(t, "addresses", []any{info["ip"], info["privateip"]}, []any{"198.51.100.8", "10.1.0.3"})
	equals(t, "groups", info["security_groups"], []any{"default", "web"})
	equals(t, "image", info["image"], "golden")
	if login := info["login_details"].(string); !strings.HasPrefix(login, "password: ") {
		t.Errorf("login_details of an image without a user of its own: %q", login)
	}
	vms := c.server.State().VMs
	created := vms[len(vms)-1]
	equals(t, "scripts", created.Scripts, []int{1064})
	equals(t, "keys", created.Keys, []int{1862})
	equals(t, "affinity group", created.AffinityGroup, "2d2b1d16-33a1-4d3f-9f4c-1a1fb3a4d009")
}

func TestBuildsThatFail(t *testing.T) {
	c := newClient(t, Config{FailBuild: func(vm VM) bool { return vm.Plan == "92" }})
	build := func(plan string) any {
		t.Helper()
		id := c.id("vm/create", "vm_id", args{"hostname": "a", "plan_id": plan, "image_id": "26"})
		equals(t, "at first", c.get("vm/info", args{"vm_id": id}, "info", "status_nohtml"), "BUILD")
		c.clock.advance(time.Minute)
		info := c.get("vm/info", args{"vm_id": id}, "info").(map[string]any)
		if info["status_raw"] == "error" {
			equals(t, "words", info["status_nohtml"], "ERROR")
			if _, ok := info["login_details"]; ok {
				t.Error("a broken machine can be logged into")
			}
			c.refuse("vm/start", args{"vm_id": id}, "the VM must be stopped before start can proceed")
			c.refuse("vm/snapshot", args{"vm_id": id, "name": "a"}, "the VM must be running or stopped before snapshot can proceed")
		}
		c.plain("vm/delete", args{"vm_id": id})
		return info["status_raw"]
	}
	equals(t, "by the hook", []any{build("m.64"), build("m.32")}, []any{"error", "active"})
	c.server.FailNextBuilds(2)
	equals(t, "by count", []any{build("1"), build("1"), build("1")}, []any{"error", "error", "active"})
}

func TestRequestsThatAreMarkedAsFailing(t *testing.T) {
	c := newClient(t, Config{Timing: Timing{Build: -1, Image: -1}})
	for path, params := range map[string]args{
		"vm/create":   {"hostname": "a", "plan_id": "1", "image_id": "26"},
		"image/fetch": {"region": "toronto", "name": "a", "location": "http://example.org/a", "format": "iso"},
	} {
		if _, answer := c.serve(Failing(postRequest(path, c.form(path, params)))); answer["success"] != "yes" {
			t.Errorf("%s: %v", path, answer)
		}
		c.call(path, params) // the next one is all right
	}
	state := c.server.State()
	equals(t, "machines", []string{state.VMs[0].Status, state.VMs[1].Status}, []string{"error", "active"})
	equals(t, "images", []any{c.imageStatus("250001"), c.imageStatus("250002")}, []any{"killed", "active"})
}

func TestTiming(t *testing.T) {
	c := newClient(t, Config{Timing: Timing{Build: -1, Task: -1, Image: -1, Volume: time.Hour}})
	id := args{"vm_id": c.id("vm/create", "vm_id", args{"hostname": "a", "plan_id": "m.1", "image_id": "26"})}
	info := func(field string) any { return c.get("vm/info", id, "info", field) }
	equals(t, "at once", info("status_nohtml"), "Online")
	c.get("vm/info", id, "info", "ip")
	c.plain("vm/stop", id)
	equals(t, "stopped at once", info("status_nohtml"), "Offline")
	c.plain("vm/resize", args{"vm_id": id["vm_id"], "plan_id": "m.2"})
	equals(t, "resized at once", c.get("vm/info", id, "extra", "plan_id"), "87")
	image := c.id("vm/snapshot", "image_id", args{"vm_id": id["vm_id"], "name": "a"})
	equals(t, "image at once", c.imageStatus(image), "active")

	volume := c.id("volume/create", "volume_id", args{"region": "toronto", "label": "a", "size": "1"})
	c.clock.advance(59 * time.Minute)
	equals(t, "slow volume", c.volume(volume)["status"], "creating")
	c.clock.advance(time.Minute)
	equals(t, "slow volume at last", c.volume(volume)["status"], "available")
}

func TestMachinesOfARegion(t *testing.T) {
	c := newClient(t, Config{})
	c.vm("here")
	c.id("vm/create", "vm_id", args{"hostname": "there", "plan_id": "m.1", "image_id": "240007", "region": "montreal"})
	names := func(params args) (names []any) {
		for _, vm := range c.get("vm/list", params, "vms").([]any) {
			names = append(names, vm.(map[string]any)["hostname"])
		}
		return names
	}
	equals(t, "all", names(nil), []any{"here", "there"})
	equals(t, "montreal", names(args{"region": "montreal"}), []any{"there"})
	c.refuse("vm/list", args{"region": "atlantis"}, "invalid region")
}

func TestDeletedMachine(t *testing.T) {
	c := newClient(t, Config{})
	id := args{"vm_id": c.vm("web01")}
	c.plain("vm/rename", args{"vm_id": id["vm_id"], "hostname": "web02"})
	equals(t, "renamed", c.get("vm/list", nil, "vms", 0, "hostname"), "web02")
	c.plain("vm/delete", id)
	for _, action := range []string{"info", "vnc", "delete"} {
		c.refuse("vm/"+action, id, "invalid vm")
	}
	equals(t, "machines", c.get("vm/list", nil, "vms"), []any{})
}
