package lunanode

// vmCreate answers at once; the machine is built in the time after.
func vmCreate(c *call) (answer, error) {
	vm := &VM{Hostname: c.text("hostname"), Region: "toronto", AffinityGroup: c.text("affinity_group")}
	plan := c.findPlan(c.text("plan_id"))
	if plan == nil {
		return nil, errPlanSelection
	}
	vm.Plan, vm.plan = decimal(plan.ID), plan
	var err error
	if c.has("region") {
		if vm.Region, err = c.region("region"); err != nil {
			return nil, err
		}
	}
	boot, err := c.bootSource(vm)
	if err != nil {
		return nil, err
	}
	if err := c.connections(vm); err != nil {
		return nil, err
	}
	if err := c.placeVM(vm, c.text("ip"), c.now); err != nil {
		return nil, err
	}
	vm.Status = "build"
	vm.begin("spawning", c.outcome(vm), c.now, c.timing.Build)
	if boot != nil {
		attachVolume(boot, vm)
	}
	return object{{"vm_id", vm.ID}}, nil
}

// bootSource reads what the machine boots from: an image or a volume.
func (c *call) bootSource(vm *VM) (*Volume, error) {
	if c.has("volume_id") {
		v, err := c.freeVolume(c.id("volume_id"), vm.Region)
		if err != nil {
			return nil, err
		}
		vm.BootVolume = v.ID
		vm.ImageName = v.ImageName
		return v, nil
	}
	if !c.params["image_id"].given() {
		return nil, notSet("image_id")
	}
	i := c.images.get(c.id("image_id"))
	if i == nil || i.Region != vm.Region || i.status(c.now) != "active" {
		return nil, errImageSelection
	}
	vm.install(i)
	return nil, nil
}

func (vm *VM) install(i *Image) {
	vm.Image, vm.ImageName, vm.FromISO = i.ID, i.Name, i.Format == "iso"
}

// connections reads what the machine is joined with.
func (c *call) connections(vm *VM) error {
	if c.has("net_id") {
		n := c.networks.get(c.id("net_id"))
		if n == nil || n.Region != vm.Region {
			return errNetwork
		}
		vm.Network = n.ID
	}
	for _, id := range c.ids("securitygroups") {
		if _, err := c.securityGroupIn(vm.Region, id); err != nil {
			return err
		}
		vm.SecurityGroups = append(vm.SecurityGroups, id)
	}
	for _, id := range c.ids("scripts") {
		if c.scripts.get(id) == nil {
			return errScript
		}
		vm.Scripts = append(vm.Scripts, id)
	}
	for _, id := range c.ids("key_id") {
		if c.sshKeys.get(id) == nil {
			return errKey
		}
		vm.Keys = append(vm.Keys, id)
	}
	return nil
}

// outcome is the state in which the build of a new machine ends.
func (c *call) outcome(vm *VM) string {
	if c.failing || c.takeFailure() || c.failBuild != nil && c.failBuild(*vm) {
		return "error"
	}
	return "active"
}

// takeFailure reports whether this is one of the builds that are to fail.
func (a *account) takeFailure() bool {
	if a.failNext == 0 {
		return false
	}
	a.failNext--
	return true
}
