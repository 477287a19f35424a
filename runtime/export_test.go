package runtime

// Steps returns how many steps the task of a call has used, also after the run.
func (c *Call) Steps() func() int64 { return c.task.budget.Steps }
