package lunanode

import (
	"testing"
	"time"
)

func TestStoppingAndStarting(t *testing.T) {
	c := newClient(t, Config{})
	id := args{"vm_id": c.vm("web01")}
	shows := func(when, word, raw, task string) {
		t.Helper()
		info := c.get("vm/info", id, "info").(map[string]any)
		equals(t, when, []any{info["status_nohtml"], info["status_raw"], info["task_state"]}, []any{word, raw, task})
	}
	c.plain("vm/stop", id)
	shows("right after stop", "Powering off", "active", "powering-off")
	c.refuse("vm/start", id, "the VM must finish its task (Powering off) before start can proceed")
	c.clock.advance(10 * time.Second)
	shows("stopped", "Offline", "shutoff", "")
	c.plain("vm/stop", id)
	shows("stopped again", "Offline", "shutoff", "")
	c.refuse("vm/reboot", id, "the VM must be running before reboot can proceed")
	c.plain("vm/start", id)
	shows("right after start", "Powering on", "shutoff", "powering-on")
	c.clock.advance(10 * time.Second)
	shows("started", "Online", "active", "")
	c.plain("vm/reboot", id)
	shows("right after reboot", "Rebooting", "active", "rebooting")
	c.clock.advance(10 * time.Second)
	shows("rebooted", "Online", "active", "")
}

func TestTasks(t *testing.T) {
	for _, test := range []struct {
		action, word, task, from, after string
		took                            time.Duration
		params                          args
	}{
		{"rescue", "Rescuing", "rescuing", "active", "Rescue", 10 * time.Second, nil},
		{"shelve", "Shelving", "shelving", "active", "Shelved", 10 * time.Second, nil},
		{"reimage", "Rebuilding", "rebuilding", "active", "Online", time.Minute, args{"image_id": "240001"}},
		{"resize", "Resizing", "resizing", "active", "Online", 10 * time.Second, args{"plan_id": "m.2"}},
	} {
		t.Run(test.action, func(t *testing.T) {
			c := newClient(t, Config{})
			params := args{"vm_id": c.vm("web01")}
			for name, value := range test.params {
				params[name] = value
			}
			shows := func(word, task string) {
				t.Helper()
				info := c.get("vm/info", params, "info").(map[string]any)
				equals(t, "status", []any{info["status_nohtml"], info["task_state"]}, []any{word, task})
			}
			c.plain("vm/"+test.action, params)
			shows(test.word, test.task)
			equals(t, "raw status meanwhile", c.get("vm/info", params, "info", "status_raw"), test.from)
			c.refuse("vm/stop", params, "the VM must finish its task ("+test.word+") before stop can proceed")
			c.clock.advance(test.took - time.Second)
			shows(test.word, test.task)
			c.clock.advance(time.Second)
			shows(test.after, "")
		})
	}
}

func TestWaysOutOfRescueAndShelf(t *testing.T) {
	c := newClient(t, Config{})
	id := args{"vm_id": c.vm("web01")}
	for _, action := range []string{"rescue", "reboot", "shelve", "unshelve", "stop", "shelve"} {
		c.plain("vm/"+action, id)
		c.clock.advance(10 * time.Second)
	}
	equals(t, "status", c.get("vm/info", id, "info", "status_raw"), "shelved_offloaded")
	c.refuse("vm/stop", id, "the VM must be running before stop can proceed")
	c.refuse("vm/vnc", id, "the VM must be running before vnc can proceed")
	c.plain("vm/unshelve", id)
	c.clock.advance(10 * time.Second)
	equals(t, "status", c.get("vm/info", id, "info", "status_raw"), "active")
	c.plain("vm/unshelve", id) // nothing to do
	equals(t, "no task", c.get("vm/info", id, "info", "task_state"), "")
}

func TestActionsWhileBuilding(t *testing.T) {
	c := newClient(t, Config{})
	id := args{"vm_id": c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "m.1", "image_id": "26"})}
	for _, action := range []string{"start", "stop", "reboot", "rescue", "shelve", "unshelve"} {
		c.refuse("vm/"+action, id, "the VM must finish its task (BUILD) before "+action+" can proceed")
	}
	c.plain("vm/delete", id)
}

func TestDiskSwap(t *testing.T) {
	c := newClient(t, Config{})
	id := args{"vm_id": c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "m.1", "image_id": "240005"})}
	c.clock.advance(time.Minute)
	order := func() any { return c.get("vm/info", id, "info", "diskswap") }
	c.refuse("vm/diskswap", id, "the VM must be stopped before disk swap can proceed")
	c.plain("vm/stop", id)
	c.refuse("vm/diskswap", id, "the VM must be stopped before disk swap can proceed")
	c.clock.advance(10 * time.Second)
	equals(t, "at first", order(), "")
	c.plain("vm/diskswap", id)
	equals(t, "swapped", order(), "1")
	c.plain("vm/diskswap", id)
	equals(t, "and back", order(), "")
}

func TestReimage(t *testing.T) {
	c := newClient(t, Config{})
	id := c.vm("web01")
	before := c.get("vm/info", args{"vm_id": id}, "info").(map[string]any)
	c.refuse("vm/reimage", args{"vm_id": id, "image_id": "1"}, "invalid image")
	c.refuse("vm/reimage", args{"vm_id": id, "image_id": "240007"}, "invalid image") // of montreal
	c.plain("vm/reimage", args{"vm_id": id, "image_id": "240003"})
	c.clock.advance(time.Minute)
	after := c.get("vm/info", args{"vm_id": id}, "info").(map[string]any)
	equals(t, "image", after["image"], "Debian 12 64-bit (template)")
	equals(t, "addresses", after["addresses"], before["addresses"])
	if after["login_details"] == before["login_details"] {
		t.Error("the password survived")
	}
}

// Success is not proof of effect (spec section 7).
func TestResize(t *testing.T) {
	c := newClient(t, Config{})
	id := c.vm("web01")
	plan := func() any { return c.get("vm/info", args{"vm_id": id}, "extra", "plan_id") }
	c.refuse("vm/resize", args{"vm_id": id, "plan_id": "huge"}, "invalid plan selection")
	c.plain("vm/resize", args{"vm_id": id, "plan_id": "m.4"})
	equals(t, "meanwhile", plan(), "86")
	c.clock.advance(10 * time.Second)
	equals(t, "larger", plan(), "88")
	c.plain("vm/resize", args{"vm_id": id, "plan_id": "m.1"})
	c.clock.advance(10 * time.Second)
	equals(t, "a smaller disk is no error and no effect", plan(), "88")
}
