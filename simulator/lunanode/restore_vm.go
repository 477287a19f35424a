package lunanode

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// machines enters machines, their disks, and what stands in front of them.
func (r *restorer) machines(s State) {
	for _, lb := range s.LoadBalancers {
		if n := r.networks.get(lb.Network); n != nil {
			n.pool.reserve(lb.IP)
		}
	}
	for _, named := range []bool{true, false} { // nobody may be given an address that a later entry names
		for i := range s.VMs {
			vm := &s.VMs[i]
			if (len(vm.PrivateIPs)+len(vm.FloatingIPs) > 0) != named || r.err != nil {
				continue
			}
			vm.serial = i + 1
			if err := r.enterVM(vm); err != nil {
				r.fail("vms", i, "%v", err)
			}
		}
	}
	enter(r, "volumes", s.Volumes, &r.volumes, func(v *Volume) *int { return &v.ID }, r.checkVolume)
	for _, vm := range r.vms.all() {
		if v := r.volumes.get(vm.BootVolume); vm.BootVolume != 0 && (v == nil || v.VM != vm.ID) && r.err == nil {
			r.err = fmt.Errorf("vm %s: boot volume %d is not attached to it", vm.ID, vm.BootVolume)
		}
	}
	enter(r, "snapshots", s.Snapshots, &r.snapshots, func(x *Snapshot) *int { return &x.ID }, func(x *Snapshot) error {
		setDefault(&x.Created, r.now)
		return r.mustBeRegion(x.Region)
	})
	enter(r, "load_balancers", s.LoadBalancers, &r.loadBalancers, func(lb *LoadBalancer) *int { return &lb.ID }, r.checkLoadBalancer)
}

func (r *restorer) enterVM(vm *VM) error {
	if err := r.mustBeRegion(vm.Region); err != nil {
		return err
	}
	if vm.plan = r.findPlan(vm.Plan); vm.plan == nil {
		return fmt.Errorf("unknown plan %q; a plan is named by its id or its name", vm.Plan)
	}
	vm.Plan = decimal(vm.plan.ID)
	if vm.NextPlan != "" && r.findPlan(vm.NextPlan) == nil {
		return fmt.Errorf("unknown plan %q", vm.NextPlan)
	}
	setDefault(&vm.Status, "active")
	for _, status := range []string{vm.Status, cmp.Or(vm.Next, vm.Status)} {
		if _, ok := stateWords[status]; !ok {
			return fmt.Errorf("unknown status %q; the known ones are active, build, error, rescued, shelved_offloaded, shutoff", status)
		}
	}
	if vm.Hostname == "" {
		return fmt.Errorf("hostname is empty")
	}
	if vm.ID != "" && r.vmByID[vm.ID] != nil {
		return fmt.Errorf("vm %s stands there twice", vm.ID)
	}
	if n := r.networks.get(vm.Network); vm.Network != 0 && (n == nil || n.Region != vm.Region) {
		return fmt.Errorf("unknown network %d in %s", vm.Network, vm.Region)
	}
	for _, id := range vm.SecurityGroups {
		if _, err := r.securityGroupIn(vm.Region, id); err != nil {
			return fmt.Errorf("unknown security group %d in %s", id, vm.Region)
		}
	}
	if i := r.images.get(vm.Image); i != nil && vm.ImageName == "" {
		vm.install(i)
	}
	if err := r.placeVM(vm, "", r.now); err != nil {
		return err
	}
	return r.claimFloatingIPs(vm)
}

// claimFloatingIPs joins the machine with the addresses that it names; those that
// the account does not have yet it gets.
func (r *restorer) claimFloatingIPs(vm *VM) error {
	for _, ip := range vm.FloatingIPs {
		f := r.floatingByIP[ip]
		if f == nil {
			if !isIPv4(ip) {
				return fmt.Errorf("%q is not an IPv4 address", ip)
			}
			f = &FloatingIP{ID: r.floating.newID(), IP: ip, Region: vm.Region}
			r.putFloatingIP(f)
		}
		if f.Region != vm.Region {
			return fmt.Errorf("address %s is in %s, not in %s", ip, f.Region, vm.Region)
		}
		if f.attached() && f.vm != vm {
			return fmt.Errorf("address %s is attached to another machine already", ip)
		}
		f.vm = vm
	}
	return nil
}

func (r *restorer) checkVolume(v *Volume) error {
	if v.Identification == "" {
		v.Identification = r.random.uuid()
	}
	setDefault(&v.Created, r.now)
	if v.VM != "" {
		vm := r.vmByID[v.VM]
		if vm == nil || vm.Region != v.Region {
			return fmt.Errorf("it is attached to vm %q, which is not in %s", v.VM, v.Region)
		}
		vm.volumes = append(vm.volumes, v.ID)
		setDefault(&v.Status, "in-use")
	}
	setDefault(&v.Status, "available")
	for _, status := range []string{v.Status, cmp.Or(v.Next, v.Status)} {
		if !slices.Contains(volumeStates, status) {
			return fmt.Errorf("unknown status %q; the known ones are %s", status, strings.Join(volumeStates, ", "))
		}
	}
	if attached := cmp.Or(v.Next, v.Status) == "in-use"; attached != (v.VM != "") {
		return fmt.Errorf("status %q does not go with vm_id %q", v.Status, v.VM)
	}
	return r.mustBeRegion(v.Region)
}

func (r *restorer) checkLoadBalancer(lb *LoadBalancer) error {
	n := r.networks.get(lb.Network)
	if n == nil || n.Region != lb.Region {
		return fmt.Errorf("unknown network %d in %s", lb.Network, lb.Region)
	}
	if lb.IP == "" {
		lb.IP = n.pool.take()
	}
	if !isIPv4(lb.IP) {
		return fmt.Errorf("%q is not an IPv4 address", lb.IP)
	}
	if lb.FloatingIP != "" {
		f, err := r.unattachedIP(lb.FloatingIP, lb.Region)
		if err != nil {
			return fmt.Errorf("floating address %s: %w", lb.FloatingIP, err)
		}
		f.lb = lb
	}
	for i := range lb.Members {
		if lb.Members[i].ID == "" {
			lb.Members[i].ID = r.random.uuid()
		}
	}
	return nil
}
