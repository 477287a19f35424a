package lunanode

import (
	"testing"
	"time"
)

func TestPlans(t *testing.T) {
	c := newClient(t, Config{})
	ids := map[any]any{}
	for _, plan := range c.get("plan/list", nil, "plans").([]any) {
		p := plan.(map[string]any)
		ids[p["name"]] = p["plan_id"]
		if p["name"] == "m.1" {
			equals(t, "m.1", p, map[string]any{
				"plan_id": "86", "name": "m.1", "ram": "1024", "vcpu": "1", "storage": "15", "bandwidth": "1000", "ips": "30",
				"price": "0.0049", "category": "Memory", "metadata_json": "", "price_nice": "$0.0049", "metadata": "",
				"price_monthly_nice": "$3.50", "regions_nice": "Toronto, Montreal, Roubaix",
			})
		}
	}
	for name, id := range map[string]string{
		"512 MB": "1", "16384 MB": "6", "s.half": "79", "s.1": "80", "s.2": "81", "s.4": "82", "s.8": "83", "s.16": "84", "s.32": "85",
		"m.1": "86", "m.2": "87", "m.4": "88", "m.8": "89", "m.16": "90", "m.32": "91", "m.64": "92",
		"c.1": "93", "c.2": "94", "c.4": "95", "c.8": "96", "c.16": "97",
	} {
		equals(t, "id of "+name, ids[name], id)
	}
}

func TestRegions(t *testing.T) {
	equals(t, "regions", newClient(t, Config{}).get("region/list", nil, "regions"), map[string]any{
		"toronto": "Toronto, Canada", "montreal": "Montreal, Canada", "roubaix": "Roubaix, France",
	})
}

func TestCreditIsSpentByTheHour(t *testing.T) {
	c := newClient(t, Config{})
	credit := func() any { return c.get("billing/credit", nil, "credit") }
	equals(t, "at first", credit(), "100.00000000")
	id := c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "m.1", "image_id": "26"})
	c.clock.advance(10 * time.Hour)
	equals(t, "after ten hours of m.1", credit(), "99.95100000")
	c.plain("vm/resize", args{"vm_id": id, "plan_id": "m.2"})
	c.clock.advance(time.Hour + 10*time.Second) // ten seconds of m.1, an hour of m.2
	equals(t, "after an hour of m.2", credit(), "99.94118639")
	c.plain("vm/delete", args{"vm_id": id})
	c.clock.advance(24 * time.Hour)
	equals(t, "after the machine is gone", credit(), "99.94118639")
}
