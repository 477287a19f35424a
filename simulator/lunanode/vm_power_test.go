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
