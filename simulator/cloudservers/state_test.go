package cloudservers_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

func TestSeed(t *testing.T) {
	a := open(t, cloudservers.Config{State: &cloudservers.State{
		Flavors:        []cloudservers.FlavorState{{ID: 2, Name: "big", RAM: 2048, Disk: 80}, {ID: 1, Name: "small", RAM: 256, Disk: 10}},
		Images:         []cloudservers.ImageState{{ID: 7, Name: "stock"}, {Name: "own", ServerID: 11, Status: "SAVING"}},
		SharedIPGroups: []cloudservers.IPGroupState{{ID: 5, Name: "ha"}},
		Servers: []cloudservers.ServerState{
			{Name: "later", ImageID: 7, FlavorID: 1, Status: "BUILD"},
			{ID: 11, Name: "db", ImageID: 999, FlavorID: 2, SharedIPGroupID: 5, HostID: "h", Metadata: map[string]string{"a": "b"},
				Public: []string{"192.0.2.1"}, Private: []string{"10.0.0.1"},
				BackupSchedule: &cloudservers.BackupState{Enabled: true, Daily: "H_0400_0600"}},
			{ID: 12, Name: "gone bad", ImageID: 7, FlavorID: 1, Status: "ERROR"},
			{ID: 13, Name: "resized", ImageID: 7, FlavorID: 2, OtherFlavorID: 1, Status: "VERIFY_RESIZE"},
		},
	}})
	for path, want := range map[string]string{
		"/flavors":                    `{"flavors":[{"id":1,"name":"small"},{"id":2,"name":"big"}]}`,
		"/images":                     `{"images":[{"id":7,"name":"stock"},{"id":3436,"name":"own"}]}`,
		"/shared_ip_groups/5":         `{"sharedIpGroup":{"id":5,"name":"ha","servers":[11]}}`,
		"/servers":                    `{"servers":[{"id":11,"name":"db"},{"id":12,"name":"gone bad"},{"id":13,"name":"resized"},{"id":59686,"name":"later"}]}`,
		"/servers/11":                 `{"server":{"id":11,"name":"db","imageId":999,"flavorId":2,"hostId":"h","status":"ACTIVE","progress":100,"sharedIpGroupId":5,"metadata":{"a":"b"},"addresses":{"public":["192.0.2.1"],"private":["10.0.0.1"]}}}`,
		"/servers/11/backup_schedule": `{"backupSchedule":{"enabled":true,"weekly":"DISABLED","daily":"H_0400_0600"}}`,
	} {
		if got := a.must(t, 200, "GET", path, "").body; got != want {
			t.Errorf("%s is\n  %s\nwant\n  %s", path, got, want)
		}
	}
	a.must(t, 409, "POST", "/images", `{"image":{"serverId":11,"name":"x"}}`) // it is being imaged
	a.must(t, 202, "POST", "/servers/13/action", `{"revertResize":null}`)
	if got := a.status(t, "/servers/13"); got != "ACTIVE 1" {
		t.Errorf("reverted, the server is %s", got)
	}
	a.clock.Advance(90 * time.Second)
	if got := a.status(t, "/servers/59686"); got != "ACTIVE 1" {
		t.Errorf("the build ends in %s", got)
	}
	if got := a.status(t, "/servers/12"); got != "ERROR 1" {
		t.Errorf("the bad server is %s", got)
	}
	r := a.must(t, 202, "POST", "/servers", `{"server":{"name":"next","imageId":7,"flavorId":1}}`)
	if !strings.Contains(r.body, `"id":59687`) {
		t.Errorf("the next server is %s", r.body)
	}
}

// What is under way starts over when it is seeded, and ends as it would have.
func TestSeededStatuses(t *testing.T) {
	for status, want := range map[string]string{
		"": "ACTIVE 1", "BUILD": "ACTIVE 1", "REBUILD": "ACTIVE 1", "REBOOT": "ACTIVE 1", "HARD_REBOOT": "ACTIVE 1", "PASSWORD": "ACTIVE 1",
		"SHARE_IP": "ACTIVE 1", "SHARE_IP_NO_CONFIG": "ACTIVE 1", "DELETE_IP": "ACTIVE 1",
		"QUEUE_RESIZE": "VERIFY_RESIZE 2", "PREP_RESIZE": "VERIFY_RESIZE 2", "RESIZE": "VERIFY_RESIZE 2", "VERIFY_RESIZE": "VERIFY_RESIZE 1",
		"SUSPENDED": "SUSPENDED 1", "UNKNOWN": "UNKNOWN 1", "ERROR": "ERROR 1",
	} {
		a := open(t, cloudservers.Config{State: &cloudservers.State{Servers: []cloudservers.ServerState{
			{ID: 1, Name: "x", ImageID: 112, FlavorID: 1, OtherFlavorID: 2, Status: status}}}})
		if status != "" {
			first := status
			if status == "PREP_RESIZE" || status == "RESIZE" {
				first = "QUEUE_RESIZE"
			}
			if got := a.status(t, "/servers/1"); got != first+" 1" {
				t.Errorf("seeded as %s the server is %s", status, got)
			}
		}
		a.clock.Advance(5 * time.Minute)
		if got := a.status(t, "/servers/1"); got != want {
			t.Errorf("seeded as %s the server becomes %s, want %s", status, got, want)
		}
	}
}

// A server that does not say when it was changed was changed when it was seeded.
func TestSeededTimes(t *testing.T) {
	long := time.Date(2029, 6, 1, 0, 0, 0, 0, time.UTC)
	a := open(t, cloudservers.Config{State: &cloudservers.State{
		Servers: []cloudservers.ServerState{
			{ID: 1, Name: "x", ImageID: 112, FlavorID: 1},
			{ID: 2, Name: "y", ImageID: 112, FlavorID: 1, Updated: long},
		},
		Images: []cloudservers.ImageState{
			{ID: 1, Name: "x"},
			{ID: 2, Name: "y", Created: long},
			{ID: 3, Name: "z", Created: long, Updated: long.Add(time.Hour)},
		},
	}})
	for path, want := range map[string]string{
		"/servers?changes-since=1893456000": `{"servers":[{"id":1,"name":"x"}]}`,
		"/images/1":                         `{"image":{"id":1,"name":"x","status":"ACTIVE","created":"2029-12-31T18:00:00-06:00","updated":"2029-12-31T18:00:00-06:00"}}`,
		"/images/2":                         `{"image":{"id":2,"name":"y","status":"ACTIVE","created":"2029-05-31T19:00:00-05:00","updated":"2029-05-31T19:00:00-05:00"}}`,
		"/images/3":                         `{"image":{"id":3,"name":"z","status":"ACTIVE","created":"2029-05-31T19:00:00-05:00","updated":"2029-05-31T20:00:00-05:00"}}`,
	} {
		if got := a.must(t, 200, "GET", path, "").body; got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestDumpIsASeed(t *testing.T) {
	a := open(t, cloudservers.Config{})
	create := func(extra string) {
		a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1,"metadata":{"k":"v"}`+extra+`}}`)
	}
	create("")
	create("")
	a.must(t, 201, "POST", "/shared_ip_groups", `{"sharedIpGroup":{"name":"g","server":59686}}`)
	create(`,"sharedIpGroupId":539,"addresses":{"public":["198.51.100.1"]}`)
	create("")
	create("")
	a.clock.Advance(90 * time.Second)
	a.must(t, 202, "DELETE", "/servers/59689", "") // its address is free, the next one's is not
	a.must(t, 202, "POST", "/servers/59687/action", `{"resize":{"flavorId":2}}`)
	a.clock.Advance(2 * time.Minute)
	a.must(t, 202, "POST", "/images", `{"image":{"serverId":59686,"name":"i"}}`)
	a.clock.Advance(2 * time.Minute)
	a.must(t, 204, "POST", "/servers/59686/backup_schedule", `{"backupSchedule":{"enabled":true,"daily":"H_0400_0600"}}`)

	first, _ := json.Marshal(a.service.Dump())
	var state cloudservers.State
	if err := json.Unmarshal(first, &state); err != nil {
		t.Fatal(err)
	}
	b := open(t, cloudservers.Config{State: &state})
	second, _ := json.Marshal(b.service.Dump())
	if strip(first) != strip(second) {
		t.Errorf("the dump of a dump is\n  %s\nwant\n  %s", second, first)
	}
	for _, path := range []string{"/servers/detail", "/images", "/flavors/detail", "/shared_ip_groups/detail", "/servers/59686/backup_schedule"} {
		if got, want := b.send(t, "GET", path, "").body, a.send(t, "GET", path, "").body; got != want {
			t.Errorf("%s is\n  %s\nwant\n  %s", path, got, want)
		}
	}
	// The restored account knows whose address is shared, and what a resize came from.
	b.must(t, 400, "DELETE", "/shared_ip_groups/539", "")
	b.must(t, 400, "DELETE", "/servers/59686/ips/public/198.51.100.1", "")
	b.must(t, 202, "DELETE", "/servers/59688/ips/public/198.51.100.1", "")
	b.must(t, 202, "POST", "/servers/59687/action", `{"revertResize":null}`)
	for range 3 {
		b.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	}
	owners := map[string]int{}
	for _, v := range b.service.Dump().Servers {
		if owners[v.Private[0]]++; owners[v.Private[0]] > 1 {
			t.Errorf("two servers have the address %s", v.Private[0])
		}
	}
	if got := b.status(t, "/servers/59687"); got != "ACTIVE 1" {
		t.Errorf("reverted, the server is %s", got)
	}
}

// strip takes the times of the last change out, which a seed's tasks set anew.
func strip(dump []byte) string {
	parts := strings.Split(string(dump), `"updated":"`)
	for n := range parts[1:] {
		_, parts[n+1], _ = strings.Cut(parts[n+1], `"`)
	}
	return strings.Join(parts, "")
}

func TestBadSeeds(t *testing.T) {
	server := func(s cloudservers.ServerState) cloudservers.State {
		return cloudservers.State{Servers: []cloudservers.ServerState{s}}
	}
	for want, state := range map[string]cloudservers.State{
		`cloudservers.servers: server 1 (""): it needs a name`:                                                  server(cloudservers.ServerState{ID: 1, ImageID: 1, FlavorID: 1}),
		`cloudservers.servers: server 1 ("x"): it needs an imageId`:                                             server(cloudservers.ServerState{ID: 1, Name: "x", FlavorID: 1}),
		`cloudservers.servers: server 1 ("x"): flavorId: flavor 99 does not exist`:                              server(cloudservers.ServerState{ID: 1, Name: "x", ImageID: 1, FlavorID: 99}),
		`cloudservers.servers: server 1 ("x"): the status "ASLEEP" does not exist`:                              server(cloudservers.ServerState{ID: 1, Name: "x", ImageID: 1, FlavorID: 1, Status: "ASLEEP"}),
		`cloudservers.servers: server 1 ("x"): sharedIpGroupId: group 9 does not exist`:                         server(cloudservers.ServerState{ID: 1, Name: "x", ImageID: 1, FlavorID: 1, SharedIPGroupID: 9}),
		`cloudservers.servers: server 1 ("x"): the status RESIZE needs otherFlavorId, the flavor of the resize`: server(cloudservers.ServerState{ID: 1, Name: "x", ImageID: 1, FlavorID: 1, Status: "RESIZE"}),
		`cloudservers.servers: id -1 is not a positive 32-bit integer`:                                          server(cloudservers.ServerState{ID: -1}),
		`cloudservers.servers: there are two with the id 1`: {Servers: []cloudservers.ServerState{
			{ID: 1, Name: "x", ImageID: 1, FlavorID: 1}, {ID: 1, Name: "y", ImageID: 1, FlavorID: 1}}},
		`cloudservers.servers: server 1 ("x"): backupSchedule: weekly must be one of ["DISABLED" "SUNDAY" "MONDAY" "TUESDAY" "WEDNESDAY" "THURSDAY" "FRIDAY" "SATURDAY"], daily one of ["DISABLED" "H_0000_0200" "H_0200_0400" "H_0400_0600" "H_0600_0800" "H_0800_1000" "H_1000_1200" "H_1200_1400" "H_1400_1600" "H_1600_1800" "H_1800_2000" "H_2000_2200" "H_2200_0000"]`: server(
			cloudservers.ServerState{ID: 1, Name: "x", ImageID: 1, FlavorID: 1, BackupSchedule: &cloudservers.BackupState{Weekly: "NEVER"}}),
		`cloudservers.images: image 3 needs a name`:                                   {Images: []cloudservers.ImageState{{ID: 3}}},
		`cloudservers.images: image 3: the status "OK" does not exist`:                {Images: []cloudservers.ImageState{{ID: 3, Name: "x", Status: "OK"}}},
		`cloudservers.flavors: flavor 3 needs a name, and ram and disk above 0`:       {Flavors: []cloudservers.FlavorState{{ID: 3, Name: "x", RAM: 1}}},
		`cloudservers.images: id -3 is not a positive 32-bit integer`:                 {Images: []cloudservers.ImageState{{ID: -3, Name: "x"}}},
		`cloudservers.flavors: there are two with the id 3`:                           {Flavors: []cloudservers.FlavorState{{ID: 3}, {ID: 3}}},
		`cloudservers.sharedIpGroups: group 3 needs a name`:                           {SharedIPGroups: []cloudservers.IPGroupState{{ID: 3}}},
		`cloudservers.sharedIpGroups: id 2147483648 is not a positive 32-bit integer`: {SharedIPGroups: []cloudservers.IPGroupState{{ID: 1 << 31}}},
	} {
		if _, err := cloudservers.New(cloudservers.Config{State: &state}); err == nil || err.Error() != want {
			t.Errorf("New: %v\nwant %s", err, want)
		}
	}
}

func TestBadRateLimits(t *testing.T) {
	for want, limit := range map[string]cloudservers.RateLimit{
		"rate limit of GET /x: error parsing regexp: missing closing ): `(`": {Verb: "GET", URI: "/x", Regex: "(", Unit: "DAY"},
		`rate limit of GET /x: unit "WEEK" is not MINUTE, HOUR or DAY`:       {Verb: "GET", URI: "/x", Regex: ".", Unit: "WEEK"},
	} {
		if _, err := cloudservers.New(cloudservers.Config{RateLimits: []cloudservers.RateLimit{limit}}); err == nil || err.Error() != want {
			t.Errorf("New: %v\nwant %s", err, want)
		}
	}
}

// The documented row ^/servers counts creates alone; read literally it counts
// actions as well.
func TestLiteralRateLimit(t *testing.T) {
	for regex, want := range map[string]int{"^/servers": 404, "^/servers.*": 413} {
		a := open(t, cloudservers.Config{RateLimits: []cloudservers.RateLimit{{Verb: "POST", URI: "*/servers", Regex: regex, Value: 1, Unit: "HOUR"}}})
		a.must(t, 400, "POST", "/servers", `{"server":{}}`)
		a.must(t, want, "POST", "/servers/1/action", `{"reboot":{"type":"SOFT"}}`)
		a.must(t, 413, "POST", "/servers?fresh=1", `{"server":{}}`)
		a.clock.Advance(time.Hour)
		a.must(t, 400, "POST", "/servers", `{"server":{}}`)
	}
}
