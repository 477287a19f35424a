package lunanode

import "time"

// placeVM gives a machine what it lacks (an id, a network, addresses, a password,
// a security group) and enters it into the account. floatingIP is an address of
// the account for it; "" takes a new one unless the machine's list says otherwise.
func (a *account) placeVM(vm *VM, floatingIP string, now time.Time) error {
	var external *FloatingIP
	var err error
	switch {
	case floatingIP != "":
		external, err = a.unattachedIP(floatingIP, vm.Region)
	case vm.FloatingIPs == nil:
		external, err = a.newFloatingIP(vm.Region)
	}
	if err != nil {
		return err
	}
	if err := a.joinNetwork(vm); err != nil {
		if external != nil && floatingIP == "" {
			a.releaseFloatingIP(external)
		}
		return err
	}
	if external != nil {
		vm.attachIP(external)
	}
	if vm.SecurityGroups == nil {
		vm.SecurityGroups = a.defaultSecurityGroups(vm.Region)
	}
	if vm.ID == "" {
		vm.ID = a.newVMID()
	}
	if vm.Password == "" {
		vm.Password = a.random.word(12)
	}
	setDefault(&vm.Created, now)
	setDefault(&vm.BilledUntil, now)
	if vm.serial == 0 {
		vm.serial = a.vms.newID()
	}
	a.vms.put(vm.serial, vm)
	a.vmByID[vm.ID] = vm
	return nil
}

// joinNetwork gives the machine its private addresses.
func (a *account) joinNetwork(vm *VM) error {
	n := a.networks.get(vm.Network)
	if vm.Network == 0 {
		n = a.defaultNetwork(vm.Region)
	}
	if n == nil {
		return errNetwork
	}
	vm.Network = n.ID
	if vm.PrivateIPs == nil {
		ip := n.pool.take()
		if ip == "" {
			return errAddressesGone
		}
		vm.PrivateIPs = []string{ip}
		return nil
	}
	for _, ip := range vm.PrivateIPs {
		if !n.pool.free(ip) {
			return mustBe("private ip "+ip, "a free address of the network "+n.Subnet)
		}
		n.pool.reserve(ip)
	}
	return nil
}

func (vm *VM) attachIP(f *FloatingIP) {
	f.vm = vm
	vm.FloatingIPs = append(vm.FloatingIPs, f.IP)
}

func (a *account) newVMID() string {
	for {
		if id := a.random.uuid(); a.vmByID[id] == nil {
			return id
		}
	}
}
