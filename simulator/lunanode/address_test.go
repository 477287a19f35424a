package lunanode

import (
	"encoding/json"
	"net/netip"
	"testing"
)

func TestFloatingAddressLifeCycle(t *testing.T) {
	c := newClient(t, Config{})
	ip := c.id("floating/add", "ip", args{"region": "toronto"})
	row := map[string]any{
		"id": "1467", "ip": ip, "attached_id": "", "attached_type": "unattached", "attached_name": "",
		"hostname": "2.0.18.198.lunanode-rdns.com.", "region": "toronto",
	}
	rows := func() any { return c.get("floating/list", nil, "ips") }
	equals(t, "new", rows(), []any{row})

	vm := c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "1", "image_id": "26", "ip": ip})
	row["attached_id"], row["attached_type"], row["attached_name"] = vm, "vm", "web01"
	equals(t, "taken by a machine", rows(), []any{row})
	remove := args{"region": "toronto", "ip": ip}
	c.refuse("floating/delete", remove, "the ip must be detached before delete can proceed")
	c.refuse("vm/create", args{"hostname": "b", "plan_id": "1", "image_id": "26", "ip": ip}, "the ip is attached already")

	c.plain("vm/floatingip-delete", args{"vm_id": vm, "ip": ip, "keep": "yes"})
	row["attached_id"], row["attached_type"], row["attached_name"] = "", "unattached", ""
	equals(t, "kept", rows(), []any{row})
	c.refuse("floating/delete", args{"region": "roubaix", "ip": ip}, "invalid ip")
	c.plain("floating/delete", remove)
	equals(t, "given back", rows(), []any{})
	c.refuse("floating/delete", remove, "invalid ip")
	c.refuse("floating/add", args{"region": "x"}, "invalid region")
}

// Reinstalling with the same address (spec section 11).
func TestAddressSurvivesItsMachine(t *testing.T) {
	c := newClient(t, Config{})
	vm := c.vm("old")
	ip := c.get("vm/info", args{"vm_id": vm}, "info", "ip")
	c.plain("vm/floatingip-delete", args{"vm_id": vm, "keep": "yes"})
	c.plain("vm/delete", args{"vm_id": vm})
	vm = c.id("vm/create", "vm_id", args{"hostname": "new", "plan_id": "m.1", "image_id": "26", "ip": ip})
	equals(t, "address", c.get("floating/list", nil, "ips", 0, "attached_id"), vm)

	c.plain("vm/delete", args{"vm_id": vm})
	equals(t, "addresses after a plain delete", c.get("floating/list", nil, "ips"), []any{})
}

func TestAddressesOfAMachine(t *testing.T) {
	c := newSeededClient(t, Config{})
	vm := args{"vm_id": runningVM}
	with := func(extra args) args {
		params := args{"vm_id": runningVM}
		for name, value := range extra {
			params[name] = value
		}
		return params
	}
	info := func(field string) any { return c.get("vm/info", vm, "info", field) }

	c.plain("vm/floatingip-add", with(args{"ip": "198.51.100.8", "private_ip": "10.1.0.11"}))
	c.plain("vm/floatingip-add", vm)
	extra := info("additionalip").([]any)
	equals(t, "first and number of additional addresses", []any{extra[0], len(extra)}, []any{"198.51.100.8", 2})
	c.refuse("vm/floatingip-add", with(args{"ip": "198.51.100.8"}), "the ip is attached already")
	c.refuse("vm/floatingip-add", with(args{"ip": "203.0.113.1"}), "invalid ip")
	c.refuse("vm/floatingip-add", with(args{"private_ip": "10.1.0.99"}), "invalid private_ip: must be a private address of the VM")
	c.plain("vm/floatingip-delete", vm)
	equals(t, "primary address after the first was released", info("ip"), "198.51.100.8")
	c.refuse("vm/floatingip-delete", with(args{"ip": "198.51.100.7"}), "invalid ip")

	equals(t, "private addresses", c.get("vm/iplist", vm, "ips"), []any{map[string]any{"ip": "10.1.0.10"}, map[string]any{"ip": "10.1.0.11"}})
	c.plain("vm/ip-add", vm)
	c.plain("vm/ip-add", with(args{"ip": "10.1.0.50"}))
	equals(t, "more private addresses", info("additionalprivateip"), []any{"10.1.0.11", "10.1.0.3", "10.1.0.50"})
	c.refuse("vm/ip-add", with(args{"ip": "10.1.0.50"}), "invalid ip: must be a free address of the network of the VM")
	c.refuse("vm/ip-add", with(args{"ip": "10.9.0.1"}), "invalid ip: must be a free address of the network of the VM")
	c.plain("vm/ip-delete", with(args{"ip": "10.1.0.50"}))
	c.refuse("vm/ip-delete", with(args{"ip": "10.1.0.50"}), "invalid ip")
	c.refuse("vm/ip-delete", with(args{"ip": "10.1.0.10"}), "the primary private ip cannot be removed")
}

func TestPlanLimitsAddresses(t *testing.T) {
	c := newClient(t, Config{})
	vm := args{"vm_id": c.vm("web01")}
	for range 29 {
		c.plain("vm/floatingip-add", vm)
	}
	c.refuse("vm/floatingip-add", vm, "the plan allows at most 30 addresses")
}

func TestAddressPool(t *testing.T) {
	pool := newAddressPool(netip.MustParsePrefix("10.0.0.0/29"))
	var got []string
	for ip := pool.take(); ip != ""; ip = pool.take() {
		got = append(got, ip)
	}
	equals(t, "addresses", got, []string{"10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"})
	pool.release("10.0.0.4")
	equals(t, "free again", pool.free("10.0.0.4"), true)
	equals(t, "the released one", pool.take(), "10.0.0.4")
	for _, text := range []string{"10.0.0.0", "10.0.1.1", "::1", "home", "10.0.0.4"} {
		pool = newAddressPool(netip.MustParsePrefix("10.0.0.0/29"))
		pool.resume(text)
		want := "10.0.0.2"
		if text == "10.0.0.4" {
			want = text
		}
		equals(t, "after going on from "+text, pool.take(), want)
	}
	equals(t, "outside", pool.free("10.0.1.2"), false)
	equals(t, "no address", pool.free("ten"), false)
}

func TestNetworks(t *testing.T) {
	c := newClient(t, Config{})
	equals(t, "seeds", len(c.get("network/list", nil, "networks").([]any)), 3)
	create := args{"region": "toronto", "name": "small", "subnet": "10.1.0.4/29", "dns": "1.1.1.1"}
	id := c.id("network/create", "net_id", create)
	equals(t, "networks of toronto", c.get("network/list", args{"region": "toronto"}, "networks"), []any{
		map[string]any{"net_id": "1", "name": "Luna Node", "subnet": "172.20.0.0/16"},
		map[string]any{"net_id": id, "name": "small", "subnet": "10.1.0.0/29"},
	})
	vm := args{"hostname": "web01", "plan_id": "1", "image_id": "26", "net_id": id}
	var vms []string
	for range 5 {
		vms = append(vms, c.id("vm/create", "vm_id", vm))
	}
	before := len(c.get("floating/list", nil, "ips").([]any))
	c.refuse("vm/create", vm, "no free address is left in this network")
	equals(t, "addresses after the refusal", len(c.get("floating/list", nil, "ips").([]any)), before)
	network := args{"region": "toronto", "net_id": id}
	c.refuse("network/delete", network, "the network must be empty before delete can proceed")
	for _, vm := range vms {
		c.plain("vm/delete", args{"vm_id": vm})
	}
	c.refuse("network/delete", args{"region": "roubaix", "net_id": id}, "invalid network")
	c.plain("network/delete", network)
	c.refuse("network/delete", network, "invalid network")

	var seed State
	if err := json.Unmarshal([]byte(`{"vms":[{"hostname":"a","region":"toronto","plan":"1","private_ips":[]}]}`), &seed); err != nil {
		t.Fatal(err)
	}
	if err := c.server.Restore(seed); err != nil {
		t.Fatal(err)
	}
	c.refuse("network/delete", args{"region": "toronto", "net_id": "1"}, "the network must be empty before delete can proceed")

	for subnet, want := range map[string]string{
		"10.0.0.0":     "invalid subnet: must be a subnet such as 10.1.0.0/24",
		"10.0.0.0/30":  "invalid subnet: must be a private IPv4 subnet of /29 or larger",
		"8.8.8.0/24":   "invalid subnet: must be a private IPv4 subnet of /29 or larger",
		"fd00::/64":    "invalid subnet: must be a private IPv4 subnet of /29 or larger",
		"10.0.0.0/24x": "invalid subnet: must be a subnet such as 10.1.0.0/24",
	} {
		create["subnet"] = subnet
		c.refuse("network/create", create, want)
	}
}
