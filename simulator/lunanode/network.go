package lunanode

import "net/netip"

// Network is a virtual network in one region.
type Network struct {
	ID     int    `json:"net_id,omitempty"`
	Name   string `json:"name"`
	Region string `json:"region"`
	Subnet string `json:"subnet"`
	DNS    string `json:"dns,omitempty"`
	NextIP string `json:"next_ip,omitempty"` // where the search for a free address goes on

	pool addressPool
}

func networkActions() map[string]action {
	return map[string]action{
		"list":   networkList,
		"create": networkCreate,
		"delete": on((*call).network, networkDelete),
	}
}

func networkList(c *call) (answer, error) {
	region, err := c.wantedRegion()
	if err != nil {
		return nil, err
	}
	networks := c.networks.where(func(n *Network) bool { return region == "" || n.Region == region })
	return object{{"networks", each(networks, func(n *Network) object {
		return object{{"net_id", decimal(n.ID)}, {"name", n.Name}, {"subnet", n.Subnet}}
	})}}, nil
}

func networkCreate(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	prefix := netip.MustParsePrefix(c.text("subnet"))
	if !prefix.Addr().Is4() || !prefix.Addr().IsPrivate() || prefix.Bits() > 29 {
		return nil, mustBe("subnet", "a private IPv4 subnet of /29 or larger")
	}
	n := &Network{ID: c.networks.newID(), Name: c.text("name"), Region: region, Subnet: prefix.Masked().String(), DNS: c.text("dns")}
	n.pool = newAddressPool(prefix)
	c.networks.put(n.ID, n)
	return object{{"net_id", decimal(n.ID)}}, nil
}

func networkDelete(c *call, n *Network) (answer, error) {
	inNetwork := func(vm *VM) bool { return vm.Network == n.ID } // be it without an address
	if len(n.pool.used) > 0 || len(c.vms.where(inNetwork)) > 0 {
		return nil, fault("the network must be empty before delete can proceed")
	}
	c.networks.remove(n.ID)
	return nil, nil
}

// network is the call's region and net_id.
func (c *call) network() (*Network, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	if n := c.networks.get(c.id("net_id")); n != nil && n.Region == region {
		return n, nil
	}
	return nil, errNetwork
}

// defaultNetwork is a region's oldest network.
func (a *account) defaultNetwork(region string) *Network {
	for _, n := range a.networks.all() {
		if n.Region == region {
			return n
		}
	}
	return nil
}
