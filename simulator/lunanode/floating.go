package lunanode

import (
	"net/netip"
	"strings"
)

// FloatingIP is an external address of the account.
type FloatingIP struct {
	ID      int    `json:"id,omitempty"`
	IP      string `json:"ip"`
	Region  string `json:"region"`
	Reverse string `json:"reverse,omitempty"` // set by dns/set; "" is the default name

	vm *VM           // at most one of these has it
	lb *LoadBalancer // the lists in VM and LoadBalancer say so, this is the way back
}

func (f *FloatingIP) attached() bool { return f.vm != nil || f.lb != nil }

// hostname is the reverse name, the newer default form if none is set (spec
// section 11).
func (f *FloatingIP) hostname() string {
	if f.Reverse != "" {
		return f.Reverse
	}
	parts := strings.Split(f.IP, ".")
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, ".") + ".lunanode-rdns.com."
}

func floatingActions() map[string]action {
	return map[string]action{
		"list":   floatingList,
		"add":    floatingAdd,
		"delete": floatingDelete,
	}
}

func floatingList(c *call) (answer, error) {
	return object{{"ips", each(c.floating.all(), func(f *FloatingIP) object {
		kind, id, name := "unattached", "", ""
		switch {
		case f.vm != nil:
			kind, id, name = "vm", f.vm.ID, f.vm.Hostname
		case f.lb != nil:
			kind, id, name = "lb", decimal(f.lb.ID), f.lb.Name
		}
		return object{
			{"id", decimal(f.ID)},
			{"ip", f.IP},
			{"attached_id", id},
			{"attached_type", kind},
			{"hostname", f.hostname()},
			{"attached_name", name},
			{"region", f.Region},
		}
	})}}, nil
}

func floatingAdd(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	f, err := c.newFloatingIP(region)
	if err != nil {
		return nil, err
	}
	return object{{"ip", f.IP}}, nil
}

func floatingDelete(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	f := c.floatingByIP[c.text("ip")]
	if f == nil || f.Region != region {
		return nil, errIP
	}
	if f.attached() {
		return nil, fault("the ip must be detached before delete can proceed")
	}
	c.releaseFloatingIP(f)
	return nil, nil
}

func (a *account) newFloatingIP(region string) (*FloatingIP, error) {
	ip := a.floatingPool.take()
	if ip == "" {
		return nil, errAddressesGone
	}
	f := &FloatingIP{ID: a.floating.newID(), IP: ip, Region: region}
	a.putFloatingIP(f)
	return f, nil
}

func (a *account) putFloatingIP(f *FloatingIP) {
	a.floating.put(f.ID, f)
	a.floatingByIP[f.IP] = f
	a.floatingPool.reserve(f.IP)
}

func (a *account) releaseFloatingIP(f *FloatingIP) {
	a.floating.remove(f.ID)
	delete(a.floatingByIP, f.IP)
	a.floatingPool.release(f.IP)
}

// unattachedIP is a floating address of a region that nothing has yet.
func (a *account) unattachedIP(ip, region string) (*FloatingIP, error) {
	f := a.floatingByIP[ip]
	if f == nil || f.Region != region {
		return nil, errIP
	}
	if f.attached() {
		return nil, fault("the ip is attached already")
	}
	return f, nil
}

func isIPv4(text string) bool {
	addr, err := netip.ParseAddr(text)
	return err == nil && addr.Is4()
}
