package cloudservers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// states brings a server into a state; its group is 539 and shares 198.51.100.2.
var states = map[string]func(t *testing.T, a *account){
	"BUILD": func(t *testing.T, a *account) {},
	"ACTIVE": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
	},
	"ERROR": func(t *testing.T, a *account) { a.clock.Advance(90 * time.Second) },
	"REBUILD": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"rebuild":{}}`)
	},
	"REBOOT": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"reboot":{"type":"SOFT"}}`)
	},
	"HARD_REBOOT": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"reboot":{"type":"HARD"}}`)
	},
	"PASSWORD": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 204, "PUT", "/servers/59686", `{"server":{"adminPass":"s"}}`)
	},
	"SHARE_IP": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "PUT", "/servers/59686/ips/public/198.51.100.2", `{"shareIp":{"sharedIpGroupId":539,"configureServer":true}}`)
	},
	"QUEUE_RESIZE": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"resize":{"flavorId":2}}`)
	},
	"RESIZE": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"resize":{"flavorId":2}}`)
		a.clock.Advance(30 * time.Second)
	},
	"VERIFY_RESIZE": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/servers/59686/action", `{"resize":{"flavorId":2}}`)
		a.clock.Advance(2 * time.Minute)
	},
	"imaged": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "POST", "/images", `{"image":{"serverId":59686,"name":"i"}}`)
	},
	"deleted": func(t *testing.T, a *account) {
		a.clock.Advance(90 * time.Second)
		a.must(t, 202, "DELETE", "/servers/59686", "")
	},
}

var changes = map[string]struct {
	method, path, body string
}{
	"update":   {"PUT", "/servers/59686", `{"server":{"name":"y"}}`},
	"delete":   {"DELETE", "/servers/59686", ""},
	"reboot":   {"POST", "/servers/59686/action", `{"reboot":{"type":"HARD"}}`},
	"rebuild":  {"POST", "/servers/59686/action", `{"rebuild":{"imageId":118}}`},
	"resize":   {"POST", "/servers/59686/action", `{"resize":{"flavorId":3}}`},
	"confirm":  {"POST", "/servers/59686/action", `{"confirmResize":null}`},
	"revert":   {"POST", "/servers/59686/action", `{"revertResize":null}`},
	"image":    {"POST", "/images", `{"image":{"serverId":59686,"name":"j"}}`},
	"backup":   {"POST", "/servers/59686/backup_schedule", `{"backupSchedule":{"enabled":true}}`},
	"nobackup": {"DELETE", "/servers/59686/backup_schedule", ""},
	"share":    {"PUT", "/servers/59686/ips/public/198.51.100.2", `{"shareIp":{"sharedIpGroupId":539}}`},
	"get":      {"GET", "/servers/59686", ""},
}

// refused is the table of section 9.2; what is not in it is accepted.
var refused = map[string]map[string]string{
	"BUILD":         all("409 buildInProgress"),
	"REBUILD":       all("409 buildInProgress"),
	"REBOOT":        resting("400 cloudServersFault"),
	"HARD_REBOOT":   resting("400 cloudServersFault"),
	"ERROR":         resting("409 buildInProgress"),
	"PASSWORD":      resting("409 buildInProgress"),
	"SHARE_IP":      resting("409 buildInProgress"),
	"QUEUE_RESIZE":  resizing(),
	"RESIZE":        resizing(),
	"ACTIVE":        {"confirm": "403 resizeNotAllowed", "revert": "403 resizeNotAllowed"},
	"VERIFY_RESIZE": verifying(),
	"imaged": {
		"reboot": "409 buildInProgress", "rebuild": "409 buildInProgress", "resize": "409 buildInProgress",
		"confirm": "409 buildInProgress", "revert": "409 buildInProgress",
		"image": "409 backupOrResizeInProgress", "backup": "409 backupOrResizeInProgress", "nobackup": "409 backupOrResizeInProgress",
	},
	"deleted": func() map[string]string {
		table := all("404 itemNotFound")
		table["get"] = "404 itemNotFound"
		return table
	}(),
}

// all refuses every change.
func all(with string) map[string]string {
	table := map[string]string{}
	for change := range changes {
		table[change] = with
	}
	delete(table, "get")
	return table
}

// resting refuses every change but a delete, actions in a way of their own.
func resting(actions string) map[string]string {
	table := all("409 buildInProgress")
	delete(table, "delete")
	for _, action := range []string{"reboot", "rebuild", "resize", "confirm", "revert"} {
		table[action] = actions
	}
	return table
}

func resizing() map[string]string {
	table := resting("409 buildInProgress")
	for _, change := range []string{"image", "backup", "nobackup"} {
		table[change] = "409 backupOrResizeInProgress"
	}
	return table
}

func verifying() map[string]string {
	table := resting("409 buildInProgress")
	table["resize"], table["image"] = "403 resizeNotAllowed", "403 resizeNotAllowed"
	delete(table, "confirm")
	delete(table, "revert")
	return table
}

func (a *account) must(t *testing.T, status int, method, path, body string) answer {
	t.Helper()
	r := a.send(t, method, path, body)
	if r.status != status {
		t.Fatalf("%s %s answers %d %s", method, path, r.status, r.body)
	}
	return r
}

func TestWhatIsRefusedWhen(t *testing.T) {
	for state, enter := range states {
		for change, request := range changes {
			t.Run(state+"/"+change, func(t *testing.T) {
				a := open(t, cloudservers.Config{})
				create := `{"server":{"name":"x","imageId":112,"flavorId":1}}`
				if state == "ERROR" {
					a.Config.Handler = failingHandler{a.service}
				}
				a.must(t, 202, "POST", "/servers", create)
				a.must(t, 201, "POST", "/shared_ip_groups", `{"sharedIpGroup":{"name":"g","server":59686}}`)
				a.must(t, 202, "POST", "/servers", `{"server":{"name":"y","imageId":112,"flavorId":1,"sharedIpGroupId":539}}`)
				enter(t, a)
				before := a.send(t, "GET", "/servers/detail", "").body

				r := a.send(t, request.method, request.path, request.body)
				got := ""
				if r.status >= 300 {
					var fault map[string]struct{ Code int }
					if err := json.Unmarshal([]byte(r.body), &fault); err != nil {
						t.Fatal(err)
					}
					name := slices.Collect(maps.Keys(fault))[0]
					got = fmt.Sprintf("%d %s", fault[name].Code, name)
					if fault[name].Code != r.status {
						t.Errorf("the fault's code is %d, the status %d", fault[name].Code, r.status)
					}
				}
				if want := refused[state][change]; got != want {
					t.Errorf("the answer is %d %s, want %q", r.status, r.body, want)
				}
				if after := a.send(t, "GET", "/servers/detail", "").body; got != "" && after != before {
					t.Errorf("a refused change changed\n  %s\nto\n  %s", before, after)
				}
			})
		}
	}
}
