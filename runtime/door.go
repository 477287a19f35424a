package runtime

import "context"

// A Handler takes a verb call one step further and returns the verb's result.
type Handler func(ctx context.Context, c *Call) (any, error)

// A Link is one step of the door: it may refuse the call, answer it, observe it,
// or pass it on. Links run while the call's task holds the interpreter and must
// use c.Block for anything that waits.
type Link func(next Handler) Handler

// door assembles the chain that every verb call of a run passes. The order is
// part of the design: a call that policy refuses is never planned, a call that
// the journal replays costs no budget, and what audit sees is what really
// happened.
func (r *run) door(options RunOptions) Handler {
	r.watched = options.Plan != nil || options.Journal != nil || r.rt.config.OnCall != nil
	return chain(invoke,
		checkArguments,  // names and types; the suggestion for a near miss
		r.enforcePolicy, // may this run call this verb at all?
		options.Plan,    // record instead of acting, ask for approval
		options.Journal, // replay a result that is already known, record a new one
		r.countCalls,    // calls left
		r.audit,         // one event for each call that went through
	)
}

// chain puts links around a handler, the first one outermost. A link that is nil
// is left out.
func chain(h Handler, links ...Link) Handler {
	for i := len(links) - 1; i >= 0; i-- {
		if links[i] != nil {
			h = links[i](h)
		}
	}
	return h
}
