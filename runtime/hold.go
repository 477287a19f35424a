package runtime

// Hold accounts for bytes that a Func verb is about to take for its result, before it takes
// them; it may be called from any goroutine that works for the call. The calls of a run
// that are under way may hold as much as the run's limit of memory, beside what its Lua
// values take. The error ends the run when the verb returns it. What is held is let go of
// when the call has ended.
func (c *Call) Hold(bytes int64) error {
	r := c.task.run
	c.held.Add(bytes)
	if held := r.held.Add(bytes); r.limits.Memory > 0 && held > r.limits.Memory {
		return r.limits.hit("memory", "calls ask for %s of memory at once; the run may have %s", sizeText(held), sizeText(r.limits.Memory))
	}
	return nil
}

// letGo hands what the call held to the script, whose memory is looked at.
func (c *Call) letGo() {
	held := c.held.Swap(0)
	if held == 0 {
		return
	}
	c.task.run.held.Add(-held)
	if held >= reserveStep {
		c.task.budget.Interrupt()
	}
}
