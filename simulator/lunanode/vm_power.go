package lunanode

func vmStart(c *call, vm *VM) (answer, error)    { return nil, c.set(vm, "start", c.timing.Task) }
func vmStop(c *call, vm *VM) (answer, error)     { return nil, c.set(vm, "stop", c.timing.Task) }
func vmReboot(c *call, vm *VM) (answer, error)   { return nil, c.set(vm, "reboot", c.timing.Task) }
func vmRescue(c *call, vm *VM) (answer, error)   { return nil, c.set(vm, "rescue", c.timing.Task) }
func vmShelve(c *call, vm *VM) (answer, error)   { return nil, c.set(vm, "shelve", c.timing.Task) }
func vmUnshelve(c *call, vm *VM) (answer, error) { return nil, c.set(vm, "unshelve", c.timing.Task) }

// vmDiskSwap swaps the boot order of disk and ISO.
func vmDiskSwap(_ *call, vm *VM) (answer, error) {
	if vm.Status != "shutoff" || vm.Task != "" {
		return nil, errDiskSwap
	}
	vm.DiskSwapped = !vm.DiskSwapped
	return nil, nil
}

// vmReimage reinstalls the machine; addresses and volumes stay, the password does
// not.
func vmReimage(c *call, vm *VM) (answer, error) {
	i := c.images.get(c.id("image_id"))
	if i == nil || i.Region != vm.Region {
		return nil, errImage
	}
	if err := c.mustBeActive(i); err != nil {
		return nil, err
	}
	if err := c.set(vm, "reimage", c.timing.Build); err != nil {
		return nil, err
	}
	vm.install(i)
	vm.DiskSwapped = false
	vm.Password = c.random.word(12)
	return nil, nil
}

// vmResize answers success and then does nothing where the new disk is smaller or
// the machine was installed from an ISO, as the real one does (spec section 7).
func vmResize(c *call, vm *VM) (answer, error) {
	plan := c.findPlan(c.text("plan_id"))
	if plan == nil {
		return nil, errPlanSelection
	}
	if plan.Storage < vm.plan.Storage || vm.FromISO {
		return nil, nil
	}
	if err := c.set(vm, "resize", c.timing.Task); err != nil {
		return nil, err
	}
	vm.NextPlan = decimal(plan.ID)
	if vm.Task == "" { // it took no time
		c.bill(vm, c.now)
		vm.Plan, vm.plan, vm.NextPlan = vm.NextPlan, plan, ""
	}
	return nil, nil
}
