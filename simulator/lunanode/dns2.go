package lunanode

import (
	"net/netip"
	"slices"
	"strings"
)

// Zone is a hosted DNS zone. The categories dns2 and dns (the older list) show the
// same zones.
type Zone struct {
	ID   int    `json:"zone_id,omitempty"`
	Name string `json:"name"` // with its trailing dot
	TTL  int    `json:"ttl"`  // seconds
}

// Record is one DNS record of a zone.
type Record struct {
	ID      int               `json:"record_id,omitempty"`
	Zone    int               `json:"zone_id"`
	Name    string            `json:"name"` // relative to the zone, or absolute with a trailing dot
	Type    string            `json:"type"`
	Data    string            `json:"data"`
	TTL     int               `json:"ttl"` // seconds
	Options map[string]string `json:"options,omitempty"`
}

// recordTypes are the types that the service hosts.
var recordTypes = []string{"A", "AAAA", "CNAME", "ALIAS", "MX", "NS", "TXT", "SPF", "SRV"}

// recordOptions are the optional parameters of dns2/record-add that are kept as
// they come.
var recordOptions = []string{
	"policy", "weight", "region", "regiongroup", "country", "continent", "global", "latitude", "longitude", "aux", "monitor_id",
}

func dns2Actions() map[string]action {
	return map[string]action{
		"zone-list": func(c *call) (answer, error) { return c.zoneList("name"), nil },
		"zone-add": func(c *call) (answer, error) {
			z, err := c.addZone(c.text("name"), c.number("ttl"))
			if err != nil {
				return nil, err
			}
			return object{{"zone_id", decimal(z.ID)}}, nil
		},
		"zone-remove": on((*call).zone, zoneRemove),
		"record-list": on((*call).zone, recordList),
		"record-add":  on((*call).zone, recordAdd),
		"record-remove": on((*call).zone, func(c *call, z *Zone) (answer, error) {
			r := c.records.get(c.id("record_id"))
			if r == nil || r.Zone != z.ID {
				return nil, errRecord
			}
			c.records.remove(r.ID)
			return nil, nil
		}),
	}
}

// zoneList shows the zones by id; the older list calls a zone's name its origin.
func (c *call) zoneList(nameField string) object {
	var zones dict
	for _, z := range c.zones.all() {
		id := decimal(z.ID)
		zones = append(zones, member{id, object{{"id", id}, {nameField, z.Name}, {"ttl", decimal(z.TTL)}}})
	}
	return object{{"zones", zones}}
}

func (c *call) addZone(name string, ttl int) (*Zone, error) {
	name = strings.TrimSuffix(strings.ToLower(name), ".") + "."
	if !isHostname(name) {
		return nil, mustBe("name", "a domain such as example.com.")
	}
	for _, z := range c.zones.all() {
		if z.Name == name {
			return nil, faultf("zone %s exists already", name)
		}
	}
	z := &Zone{ID: c.zones.newID(), Name: name, TTL: ttl}
	c.zones.put(z.ID, z)
	return z, nil
}

func zoneRemove(c *call, z *Zone) (answer, error) {
	for _, r := range c.recordsOf(z) {
		c.records.remove(r.ID)
	}
	c.zones.remove(z.ID)
	return nil, nil
}

func recordList(c *call, z *Zone) (answer, error) {
	var rows dict
	for _, r := range c.recordsOf(z) {
		id := decimal(r.ID)
		row := object{{"id", id}, {"name", r.Name}, {"type", r.Type}, {"data", r.Data}, {"ttl", decimal(r.TTL)}}
		for _, name := range recordOptions {
			if value, ok := r.Options[name]; ok {
				row = append(row, member{name, value})
			}
		}
		rows = append(rows, member{id, row})
	}
	return object{{"records", rows}}, nil
}

// recordAdd adds a record, or replaces the one that orig_record_id names.
func recordAdd(c *call, z *Zone) (answer, error) {
	r, err := c.newRecord(z)
	if err != nil {
		return nil, err
	}
	if c.has("orig_record_id") {
		before := c.records.get(c.id("orig_record_id"))
		if before == nil || before.Zone != z.ID {
			return nil, errRecord
		}
		r.ID = before.ID
	} else {
		r.ID = c.records.newID()
	}
	c.records.put(r.ID, r)
	return object{{"record_id", decimal(r.ID)}}, nil
}

// newRecord reads a record from the call; it has no id yet.
func (c *call) newRecord(z *Zone) (*Record, error) {
	r := &Record{Zone: z.ID, Name: c.text("name"), Type: c.text("type"), Data: c.text("data"), TTL: c.number("ttl")}
	if !slices.Contains(recordTypes, r.Type) {
		return nil, mustBe("type", "one of "+strings.Join(recordTypes, ", "))
	}
	if addr, err := netip.ParseAddr(r.Data); r.Type == "A" && (err != nil || !addr.Is4()) {
		return nil, mustBe("data", "an IPv4 address")
	} else if r.Type == "AAAA" && (err != nil || !addr.Is6()) {
		return nil, mustBe("data", "an IPv6 address")
	}
	if policy := c.text("policy"); c.has("policy") && policy != "none" && policy != "latlong" && policy != "region" {
		return nil, mustBe("policy", "none, latlong or region")
	}
	if c.has("monitor_id") && c.checks.get(c.id("monitor_id")) == nil {
		return nil, errCheck
	}
	for _, name := range recordOptions {
		if c.has(name) {
			if r.Options == nil {
				r.Options = map[string]string{}
			}
			r.Options[name] = c.text(name)
		}
	}
	return r, nil
}

func (c *call) recordsOf(z *Zone) []*Record {
	return c.records.where(func(r *Record) bool { return r.Zone == z.ID })
}

func (c *call) zone() (*Zone, error) {
	if z := c.zones.get(c.id("zone_id")); z != nil {
		return z, nil
	}
	return nil, errZone
}

// isHostname judges a name with labels of letters, digits, hyphens and underscores;
// a trailing dot may stand or not.
func isHostname(name string) bool {
	name = strings.TrimSuffix(name, ".")
	if name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.Trim(strings.ToLower(label), "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}
