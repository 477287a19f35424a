package lunanode

import "slices"

func vmFloatingIPAdd(c *call, vm *VM) (answer, error) {
	if c.has("private_ip") && !slices.Contains(vm.PrivateIPs, c.text("private_ip")) {
		return nil, mustBe("private_ip", "a private address of the VM")
	}
	if len(vm.FloatingIPs) >= vm.plan.IPs {
		return nil, faultf("the plan allows at most %d addresses", vm.plan.IPs)
	}
	var f *FloatingIP
	var err error
	if c.has("ip") {
		f, err = c.unattachedIP(c.text("ip"), vm.Region)
	} else {
		f, err = c.newFloatingIP(vm.Region)
	}
	if err != nil {
		return nil, err
	}
	vm.attachIP(f)
	return nil, nil
}

// vmFloatingIPDelete detaches the primary address unless the call names another;
// with keep=yes it stays on the account.
func vmFloatingIPDelete(c *call, vm *VM) (answer, error) {
	ip := first(vm.FloatingIPs)
	if c.has("ip") {
		ip = c.text("ip")
	}
	at := slices.Index(vm.FloatingIPs, ip)
	if at < 0 {
		return nil, errIP
	}
	vm.FloatingIPs = slices.Delete(vm.FloatingIPs, at, at+1)
	f := c.floatingByIP[ip]
	f.vm = nil
	if !c.yes("keep") {
		c.releaseFloatingIP(f)
	}
	return nil, nil
}

func vmIPList(_ *call, vm *VM) (answer, error) {
	return object{{"ips", each(vm.PrivateIPs, func(ip string) object { return object{{"ip", ip}} })}}, nil
}

func vmIPAdd(c *call, vm *VM) (answer, error) {
	pool := &c.networks.get(vm.Network).pool
	ip := c.text("ip")
	if !c.has("ip") {
		if ip = pool.take(); ip == "" {
			return nil, errAddressesGone
		}
	} else if !pool.free(ip) {
		return nil, mustBe("ip", "a free address of the network of the VM")
	}
	pool.reserve(ip)
	vm.PrivateIPs = append(vm.PrivateIPs, ip)
	return nil, nil
}

func vmIPDelete(c *call, vm *VM) (answer, error) {
	at := slices.Index(vm.PrivateIPs, c.text("ip"))
	if at < 0 {
		return nil, errIP
	}
	if at == 0 {
		return nil, fault("the primary private ip cannot be removed")
	}
	c.networks.get(vm.Network).pool.release(vm.PrivateIPs[at])
	vm.PrivateIPs = slices.Delete(vm.PrivateIPs, at, at+1)
	return nil, nil
}

func vmSecurityGroupAdd(c *call, vm *VM) (answer, error) {
	g, err := c.securityGroupIn(vm.Region, c.id("group_id"))
	if err != nil {
		return nil, err
	}
	if !slices.Contains(vm.SecurityGroups, g.ID) {
		vm.SecurityGroups = append(vm.SecurityGroups, g.ID)
	}
	return nil, nil
}

func vmSecurityGroupRemove(c *call, vm *VM) (answer, error) {
	at := slices.Index(vm.SecurityGroups, c.id("group_id"))
	if at < 0 {
		return nil, errSecurityGroup
	}
	vm.SecurityGroups = slices.Delete(vm.SecurityGroups, at, at+1)
	return nil, nil
}
