package lunanode

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// Every action that takes a machine, an image or a volume, with one in each state of its life: it
// is carried out, or refused in words that say what is wrong, and a refusal changes nothing.
func TestEveryActionInEveryState(t *testing.T) {
	created := func(path, field string, params args) func(c *client) string {
		return func(c *client) string { return c.id(path, field, params) }
	}
	machine := created("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "m.1", "image_id": "26"})
	after := func(id string, wait time.Duration, actions ...string) func(c *client) string {
		return func(c *client) string {
			for _, action := range actions {
				c.plain(action, args{"vm_id": id})
				c.clock.advance(wait)
			}
			return id
		}
	}
	for param, states := range map[string]map[string]func(c *client) string{
		"vm_id": {
			"building": machine, "failed": func(c *client) string { id := machine(c); c.clock.advance(time.Hour); return id },
			"running": after(runningVM, 0), "stopping": after(runningVM, 0, "vm/stop"), "stopped": after(stoppedVM, 0), "starting": after(stoppedVM, 0, "vm/start"),
			"rescued": after(runningVM, time.Minute, "vm/rescue"), "shelving": after(runningVM, 0, "vm/shelve"), "shelved": after(shelvedVM, 0),
			"deleted": after(runningVM, 0, "vm/delete"),
		},
		"image_id": {
			"queued": created("image/fetch", "image_id", args{"region": "toronto", "name": "f", "location": "http://example.org/f", "format": "iso"}),
			"public": func(*client) string { return "26" }, "own": func(*client) string { return plausible["image_id"].(string) },
			"deleted": func(c *client) string { c.plain("image/delete", args{"image_id": "140"}); return "140" },
		},
		"volume_id": {
			"creating":  created("volume/create", "volume_id", args{"region": "toronto", "label": "v", "size": "10"}),
			"available": func(*client) string { return "4682" }, "in use": func(*client) string { return "4683" },
			"detaching": func(c *client) string { c.plain("volume/detach", args{"volume_id": "4683"}); return "4683" },
			"deleted":   func(c *client) string { c.plain("volume/delete", args{"volume_id": "4682"}); return "4682" },
		},
	} {
		tried, refused := 0, 0
		for _, e := range readCatalogue(t) {
			params := plausibleParams(t, e)
			if _, ok := params[param]; !ok || e.path() == "image/retrieve" {
				continue
			}
			for state, enter := range states {
				t.Run(state+" "+e.path(), func(t *testing.T) {
					c := newSeededClient(t, Config{FailBuild: func(VM) bool { return state == "failed" }})
					params := plausibleParams(t, e)
					params[param] = enter(c)
					before := c.dump()
					answer := c.try(e.path(), params)
					tried++
					if answer["success"] == "yes" {
						return
					}
					refused++
					text, _ := answer["error"].(string)
					if !strings.HasPrefix(text, "invalid ") && !strings.Contains(text, " must ") && !strings.Contains(text, " is ") || strings.Contains(text, "%!") {
						t.Errorf("refused with %q", text)
					}
					if after := c.dump(); after != before {
						t.Errorf("refused with %q, and changed\n%s\nto\n%s", text, before, after)
					}
				})
			}
		}
		if tried < 5*len(states) || refused < tried/5 || refused == tried {
			t.Errorf("%s: %d of %d calls were refused", param, refused, tried)
		}
	}
}

// dump is the account as text.
func (c *client) dump() string {
	c.t.Helper()
	text, err := json.Marshal(c.server.State())
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}
