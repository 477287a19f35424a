package runtime

// Hold accounts for bytes that a Func verb is about to take for its result, before it takes
// them; it may be called from any goroutine that works for the call. What the calls of a run
// that are under way hold counts against the run's limit of memory, together with what its
// Lua values take. The error ends the run when the verb returns it. What is held is let go
// of when the call has ended.
func (c *Call) Hold(bytes int64) error {
	r := c.task.run
	c.held.Add(bytes)
	held := r.held.Add(bytes)
	if r.limits.Memory == 0 {
		return nil
	}
	if held > r.limits.Memory {
		return r.limits.hit("memory", "calls ask for %s of memory at once; the run may have %s", sizeText(held), sizeText(r.limits.Memory))
	}
	c.task.budget.Note(bytes)
	return r.rt.memory.hold(c.task, bytes)
}

// hold decides whether a call of a task may take so many bytes more, while any task may
// execute Lua: if one does, it is the one that is inspected. The error is an *Error.
func (w *memoryWatch) hold(t *task, bytes int64) error {
	r := t.run
	_, ctx := t.whole()
	beyond := w.isBeyond(ctx, r, bytes, func() bool {
		if !r.baton.try() {
			t.budget.Interrupt()
			return false
		}
		defer r.baton.pass()
		return w.measuredBeyond(ctx, r, 0) // what is held is measured, too
	})
	if !beyond || ctx.Err() != nil {
		return nil // the call ends with its context
	}
	return r.memoryHit()
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
