package lunanode

import "strings"

// DynamicName is a dynamic DNS name under the provider's domain.
type DynamicName struct {
	ID   int    `json:"dyn_id,omitempty"`
	Name string `json:"name"` // the left-most label only
	IP   string `json:"ip"`
}

func dnsActions() map[string]action {
	return map[string]action{
		"list": reverseList,
		"set":  reverseSet,

		"dyn-list":   dynList,
		"dyn-add":    dynAdd,
		"dyn-update": on((*call).dyn, dynUpdate),
		"dyn-remove": on((*call).dyn, func(c *call, d *DynamicName) (answer, error) {
			c.dyns.remove(d.ID)
			return nil, nil
		}),

		// The older list, replaced by dns2: nothing is answered where its answer
		// is not known.
		"zone-list": func(c *call) (answer, error) { return c.zoneList("origin"), nil },
		"zone-add": func(c *call) (answer, error) {
			ttl := 3600
			if c.has("ttl") {
				ttl = c.number("ttl")
			}
			_, err := c.addZone(c.text("origin"), ttl)
			return nil, err
		},
		"zone-remove": on((*call).zone, zoneRemove),
		"record-list": on((*call).zone, recordList),
		"record-add": on((*call).zone, func(c *call, z *Zone) (answer, error) {
			_, err := recordAdd(c, z)
			return nil, err
		}),
		"record-remove": func(c *call) (answer, error) {
			r := c.records.get(c.id("record_id"))
			if r == nil {
				return nil, errRecord
			}
			c.records.remove(r.ID)
			return nil, nil
		},
	}
}

// reverseList shows the reverse names that have been set.
func reverseList(c *call) (answer, error) {
	return object{{"dns", each(c.floating.all(), func(f *FloatingIP) object {
		vmName, vmID, hostname := "", "", "[not set]"
		if f.vm != nil {
			vmName, vmID = f.vm.Hostname, f.vm.ID
		}
		if f.Reverse != "" {
			hostname = f.Reverse
		}
		return object{{"vm_name", vmName}, {"vm_id", vmID}, {"ip", f.IP}, {"hostname", hostname}}
	})}}, nil
}

// reverseSet sets a reverse name; a single dot resets it (inferred).
func reverseSet(c *call) (answer, error) {
	f := c.floatingByIP[c.text("ip")]
	if f == nil {
		return nil, errIP
	}
	switch hostname := c.text("hostname"); {
	case hostname == ".":
		f.Reverse = ""
	case isHostname(hostname):
		f.Reverse = strings.TrimSuffix(hostname, ".") + "."
	default:
		return nil, mustBe("hostname", "a host name, or a dot to reset it")
	}
	return nil, nil
}

func dynList(c *call) (answer, error) {
	var dyns dict
	for _, d := range c.dyns.all() {
		id := decimal(d.ID)
		dyns = append(dyns, member{id, object{{"id", id}, {"name", d.Name}, {"ip", d.IP}}})
	}
	return object{{"dyns", dyns}}, nil
}

func dynAdd(c *call) (answer, error) {
	d := &DynamicName{Name: c.text("name"), IP: c.text("ip")}
	if err := c.dynNameIsFree(d); err != nil {
		return nil, err
	}
	d.ID = c.dyns.newID()
	c.dyns.put(d.ID, d)
	return object{{"dyn_id", decimal(d.ID)}}, nil
}

func dynUpdate(c *call, d *DynamicName) (answer, error) {
	updated := &DynamicName{ID: d.ID, Name: c.text("name"), IP: c.text("ip")}
	if err := c.dynNameIsFree(updated); err != nil {
		return nil, err
	}
	*d = *updated
	return nil, nil
}

func (c *call) dynNameIsFree(wanted *DynamicName) error {
	if !isHostname(wanted.Name) || strings.Contains(wanted.Name, ".") {
		return mustBe("name", "one label, without dots")
	}
	for _, d := range c.dyns.all() {
		if d.Name == wanted.Name && d.ID != wanted.ID {
			return faultf("name %s is taken", wanted.Name)
		}
	}
	return nil
}

func (c *call) dyn() (*DynamicName, error) {
	if d := c.dyns.get(c.id("dyn_id")); d != nil {
		return d, nil
	}
	return nil, errDyn
}
