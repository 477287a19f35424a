package lunanode

import (
	"slices"
	"time"
)

// VM is a virtual machine. In a seed only Hostname, Region and Plan are needed;
// what is absent is made as vm/create would make it. The Phase says in which
// state it is: active, shutoff, build, error, rescued, shelved_offloaded.
type VM struct {
	ID       string `json:"vm_id,omitempty"`
	Hostname string `json:"hostname"`
	Region   string `json:"region"`
	Plan     string `json:"plan"`                 // id or name
	NextPlan string `json:"plan_after,omitempty"` // while it is being resized
	Phase

	Image       int    `json:"image_id,omitempty"`
	ImageName   string `json:"image_name,omitempty"` // the image itself may be gone
	FromISO     bool   `json:"from_iso,omitempty"`
	DiskSwapped bool   `json:"disk_swapped,omitempty"`
	BootVolume  int    `json:"boot_volume_id,omitempty"`

	Network        int      `json:"net_id,omitempty"`
	PrivateIPs     []string `json:"private_ips"`  // the first is the primary one; null takes a new one
	FloatingIPs    []string `json:"floating_ips"` // likewise
	SecurityGroups []int    `json:"security_groups"`
	Scripts        []int    `json:"scripts,omitempty"`
	Keys           []int    `json:"keys,omitempty"`

	Password        string    `json:"password,omitempty"`
	ChargeForCPU    bool      `json:"charge_for_cpu,omitempty"`
	FairshareNoLend bool      `json:"fairshare_nolend,omitempty"`
	AffinityGroup   string    `json:"affinity_group,omitempty"`
	Created         time.Time `json:"created,omitzero"`
	BilledUntil     time.Time `json:"billed_until,omitzero"`

	serial  int   // its place in the account
	plan    *Plan // what Plan names
	volumes []int // attached ones, in the order of their ids
}

func vmActions() map[string]action {
	return map[string]action{
		"create": vmCreate,
		"list":   vmList,
		"info":   on((*call).vm, vmInfo),
		"delete": on((*call).vm, vmDelete),
		"rename": on((*call).vm, vmRename),

		"start":    on((*call).vm, vmStart),
		"stop":     on((*call).vm, vmStop),
		"reboot":   on((*call).vm, vmReboot),
		"rescue":   on((*call).vm, vmRescue),
		"shelve":   on((*call).vm, vmShelve),
		"unshelve": on((*call).vm, vmUnshelve),
		"diskswap": on((*call).vm, vmDiskSwap),
		"reimage":  on((*call).vm, vmReimage),
		"resize":   on((*call).vm, vmResize),

		"floatingip-add":    on((*call).vm, vmFloatingIPAdd),
		"floatingip-delete": on((*call).vm, vmFloatingIPDelete),
		"iplist":            on((*call).vm, vmIPList),
		"ip-add":            on((*call).vm, vmIPAdd),
		"ip-delete":         on((*call).vm, vmIPDelete),

		"securitygroup-add":    on((*call).vm, vmSecurityGroupAdd),
		"securitygroup-remove": on((*call).vm, vmSecurityGroupRemove),

		"snapshot":      on((*call).vm, vmSnapshot),
		"vnc":           on((*call).vm, vmVNC),
		"usage":         on((*call).vm, vmUsage),
		"set-fairshare": on((*call).vm, vmSetFairshare),
		"setpassword":   on((*call).vm, vmSetPassword),
	}
}

func vmList(c *call) (answer, error) {
	region, err := c.wantedRegion()
	if err != nil {
		return nil, err
	}
	vms := c.vms.where(func(vm *VM) bool { return region == "" || vm.Region == region })
	return object{{"vms", each(vms, func(vm *VM) object {
		c.settleVM(vm, c.now)
		return append(c.vmRow(vm), member{"os_status", vm.Status})
	})}}, nil
}

func vmRename(c *call, vm *VM) (answer, error) {
	vm.Hostname = c.text("hostname")
	return nil, nil
}

// vmDelete frees the machine's volumes and releases its addresses; one to be kept
// is detached before (spec section 11).
func vmDelete(c *call, vm *VM) (answer, error) {
	c.bill(vm, c.now)
	for _, id := range slices.Clone(vm.volumes) {
		c.detachVolume(c.volumes.get(id), c.now)
	}
	for _, ip := range vm.FloatingIPs {
		c.releaseFloatingIP(c.floatingByIP[ip])
	}
	for _, ip := range vm.PrivateIPs {
		c.networks.get(vm.Network).pool.release(ip)
	}
	c.vms.remove(vm.serial)
	delete(c.vmByID, vm.ID)
	return nil, nil
}

// vm is the call's vm_id, settled.
func (c *call) vm() (*VM, error) {
	vm := c.vmByID[c.text("vm_id")]
	if vm == nil {
		return nil, errVM
	}
	c.settleVM(vm, c.now)
	return vm, nil
}

// settleVM lets the machine arrive where it is going. A new plan is paid from the
// moment that it came into force.
func (a *account) settleVM(vm *VM, now time.Time) {
	arrival := vm.Until
	if vm.settle(now) && vm.NextPlan != "" {
		a.bill(vm, arrival)
		vm.Plan, vm.NextPlan = vm.NextPlan, ""
		vm.plan = a.findPlan(vm.Plan)
	}
}
