package runtime

// meant is the call that this one amounts to, see Verb.Means: itself, for most verbs. Only
// policy and limits look at it.
func (c *Call) meant() *Call {
	if c.Verb.Means == nil {
		return c
	}
	name, args := c.Verb.Means(c)
	v := c.task.run.rt.catalogue.verbs[name]
	if v == nil {
		return c
	}
	meant := &Call{Verb: v.Verb, bound: v, args: make([]any, len(v.Params)), task: c.task, seq: c.seq, thread: c.thread}
	for i, p := range v.Params {
		meant.args[i] = args[p.Name]
	}
	return meant
}

// goesBy reports whether a limit or a rule that allows is about this call, which amounts
// to another one: by that one's verb, or by its own very name.
func (c *Call) goesBy(verbs string, meant *Call) bool {
	return verbs == c.Verb.Name || names(verbs, meant.Verb)
}
