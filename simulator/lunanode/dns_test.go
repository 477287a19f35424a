package lunanode

import "testing"

func TestZonesAndRecords(t *testing.T) {
	c := newClient(t, Config{})
	zone := c.id("dns2/zone-add", "zone_id", args{"name": "Example.com.", "ttl": 3600})
	equals(t, "zones", c.get("dns2/zone-list", nil, "zones"), map[string]any{
		zone: map[string]any{"id": zone, "name": "example.com.", "ttl": "3600"},
	})
	c.refuse("dns2/zone-add", args{"name": "example.com", "ttl": 60}, "zone example.com. exists already")
	c.refuse("dns2/zone-add", args{"name": "exa mple.com", "ttl": 60}, "invalid name: must be a domain such as example.com.")

	record := args{"zone_id": zone, "name": "www", "type": "A", "data": "192.0.2.1", "ttl": "300"}.with
	records := func() any { return c.get("dns2/record-list", args{"zone_id": zone}, "records") }
	id := c.id("dns2/record-add", "record_id", record(nil))
	equals(t, "records", records(), map[string]any{
		id: map[string]any{"id": id, "name": "www", "type": "A", "data": "192.0.2.1", "ttl": "300"},
	})
	again := c.id("dns2/record-add", "record_id", record(args{"orig_record_id": id, "type": "MX", "data": "mail", "aux": 10, "policy": "latlong", "latitude": 51.25}))
	equals(t, "id of the replacement", again, id)
	equals(t, "replaced", records(), map[string]any{
		id: map[string]any{"id": id, "name": "www", "type": "MX", "data": "mail", "ttl": "300", "aux": "10", "policy": "latlong", "latitude": "51.25"},
	})
	for _, test := range []struct {
		change args
		want   string
	}{
		{args{"type": "PTR"}, "invalid type: must be one of A, AAAA, CNAME, ALIAS, MX, NS, TXT, SPF, SRV"},
		{args{"data": "::1"}, "invalid data: must be an IPv4 address"},
		{args{"type": "AAAA"}, "invalid data: must be an IPv6 address"},
		{args{"policy": "dice"}, "invalid policy: must be none, latlong or region"},
		{args{"latitude": "north"}, "invalid latitude: must be a number"},
		{args{"monitor_id": "9"}, "invalid check"},
		{args{"orig_record_id": "9"}, "invalid record"},
		{args{"ttl": "-1"}, "invalid ttl: must be a whole number"},
	} {
		c.refuse("dns2/record-add", record(test.change), test.want)
	}
	other := c.id("dns2/zone-add", "zone_id", args{"name": "example.org.", "ttl": 60})
	c.refuse("dns2/record-remove", args{"zone_id": other, "record_id": id}, "invalid record")
	c.plain("dns2/record-remove", args{"zone_id": zone, "record_id": id})
	equals(t, "no records", records(), map[string]any{})

	c.id("dns2/record-add", "record_id", record(nil))
	c.plain("dns2/zone-remove", args{"zone_id": zone})
	c.refuse("dns2/record-list", args{"zone_id": zone}, "invalid zone")
	if n := len(c.server.State().Records); n != 0 {
		t.Errorf("%d records outlived their zone", n)
	}
}

// The older list works on the same zones.
func TestOlderZones(t *testing.T) {
	c := newClient(t, Config{})
	c.plain("dns/zone-add", args{"origin": "example.com"})
	c.plain("dns/zone-add", args{"origin": "example.org", "ttl": "60"})
	equals(t, "zones", c.get("dns/zone-list", nil, "zones"), map[string]any{
		"310": map[string]any{"id": "310", "origin": "example.com.", "ttl": "3600"},
		"311": map[string]any{"id": "311", "origin": "example.org.", "ttl": "60"},
	})
	c.plain("dns/record-add", args{"zone_id": "310", "name": "www", "data": "192.0.2.1", "ttl": "60", "type": "A"})
	equals(t, "record", c.get("dns/record-list", args{"zone_id": "310"}, "records", "5200", "name"), "www")
	c.plain("dns/record-remove", args{"record_id": "5200"})
	c.refuse("dns/record-remove", args{"record_id": "5200"}, "invalid record")
	c.plain("dns/zone-remove", args{"zone_id": "310"})
	c.refuse("dns2/zone-remove", args{"zone_id": "310"}, "invalid zone")
}

func TestDynamicNames(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("dns/dyn-add", "dyn_id", args{"name": "myhost", "ip": "198.51.100.7"})
	other := c.id("dns/dyn-add", "dyn_id", args{"name": "other", "ip": "198.51.100.7"})
	c.refuse("dns/dyn-add", args{"name": "myhost", "ip": "198.51.100.7"}, "name myhost is taken")
	c.refuse("dns/dyn-add", args{"name": "my.host", "ip": "198.51.100.7"}, "invalid name: must be one label, without dots")
	c.plain("dns/dyn-update", args{"dyn_id": id, "name": "myhost", "ip": "198.51.100.8"})
	c.refuse("dns/dyn-update", args{"dyn_id": other, "name": "myhost", "ip": "198.51.100.8"}, "name myhost is taken")
	equals(t, "names", c.get("dns/dyn-list", nil, "dyns"), map[string]any{
		id:    map[string]any{"id": id, "name": "myhost", "ip": "198.51.100.8"},
		other: map[string]any{"id": other, "name": "other", "ip": "198.51.100.7"},
	})
	c.plain("dns/dyn-remove", args{"dyn_id": id})
	c.refuse("dns/dyn-remove", args{"dyn_id": id}, "invalid dyn")
}

func TestReverseNames(t *testing.T) {
	c := newSeededClient(t, Config{})
	row := func() any { return c.get("dns/list", nil, "dns", 0) }
	want := map[string]any{"vm_name": "web01", "vm_id": runningVM, "ip": "198.51.100.7", "hostname": "[not set]"}
	equals(t, "at first", row(), want)
	set := args{"ip": "198.51.100.7", "hostname": "web01.example.com"}
	c.plain("dns/set", set)
	want["hostname"] = "web01.example.com."
	equals(t, "when set", row(), want)
	equals(t, "where addresses are listed", c.get("floating/list", nil, "ips", 0, "hostname"), "web01.example.com.")
	set["hostname"] = "."
	c.plain("dns/set", set)
	want["hostname"] = "[not set]"
	equals(t, "when reset", row(), want)
	equals(t, "default name", c.get("floating/list", nil, "ips", 0, "hostname"), "7.100.51.198.lunanode-rdns.com.")
	set["hostname"] = "web 01"
	c.refuse("dns/set", set, "invalid hostname: must be a host name, or a dot to reset it")
	c.refuse("dns/set", args{"ip": "203.0.113.9", "hostname": "a.example.com"}, "invalid ip")
}
