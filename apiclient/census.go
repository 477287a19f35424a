package apiclient

import (
	"context"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A Census knows what an account held before a call that makes something, so that what such a
// call made can be told from what was there. It is for things that carry no mark of the call: a
// call is recognised by its name, and by its id not having been there. The service's clock, which
// need not agree with ours, is not asked.
type Census struct {
	clock  clock.Clock
	redact *Redactor

	mu    sync.Mutex
	rolls map[string]*Roll
}

// NewCensus makes a census of one account.
func NewCensus(clk clock.Clock, redact *Redactor) *Census {
	return &Census{clock: clk, redact: redact, rolls: map[string]*Roll{}}
}

// Of is the roll of one list, by any name for that list.
func (c *Census) Of(list string) *Roll {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rolls[list] == nil {
		c.rolls[list] = &Roll{census: c, mine: map[string]bool{}, busy: map[string]chan struct{}{}}
	}
	return c.rolls[list]
}

// rollLife is how old a list may be to say what was there before a call. It is the time in
// which another program could make something of the same name and have it taken for this
// call's, and it lets a burst of calls share one list.
const rollLife = 30 * time.Second

// A Roll is the ids of one list.
type Roll struct {
	census *Census

	mu     sync.Mutex
	taken  time.Time
	ids    map[string]bool // never changed once it is here: calls under way keep theirs
	taking *taking         // the list under way, nil without one
	mine   map[string]bool // made by this client, as far as they are not among ids
	busy   map[string]chan struct{}
}

// A taking is a list under way.
type taking struct {
	done  chan struct{}
	ids   map[string]bool // nil if it failed
	ended bool            // it failed because the call that it was made for ended
}

// A Making is a call that makes something, with the list in which its work can be found.
type Making struct {
	// Name is what calls have in common whose works look alike: they are made one after the
	// other, so that what comes to light after a lost answer is the work of this one.
	Name string
	// List returns all that there is.
	List func(ctx context.Context) ([]Listed, error)
	// Do performs the call, with look in its Request, and returns the id of what it made.
	Do func(ctx context.Context, look Look) (id string, err error)
}

// A Listed is one thing in a list.
type Listed struct {
	ID     string
	What   string    // as a person names it: "image 30441"
	Answer *Response // what the call would have answered; nil for what it cannot have made
}

// Make performs a call that makes something.
func (r *Roll) Make(ctx context.Context, req *Request, m Making) error {
	leave, err := r.enter(ctx, m.Name)
	if err != nil {
		return r.census.redact.Ended(ctx, req, "waiting for another call that makes the like of it", err)
	}
	defer leave()
	before := r.before(ctx, m)
	id, err := m.Do(ctx, func(ctx context.Context) ([]Found, error) { return r.look(ctx, m, before) })
	if err != nil {
		if e := AsError(req, err); e.MayHaveActed {
			r.forget() // what it may have made must not count as new for the next call
		}
		return err
	}
	r.made(id)
	return nil
}

// look finds the things that the call may have made: those that were not there before it and
// that no other call of this client made.
func (r *Roll) look(ctx context.Context, m Making, before map[string]bool) ([]Found, error) {
	rows, err := m.List(ctx)
	if err != nil {
		return nil, err
	}
	var found []Found
	for _, row := range rows {
		if row.Answer == nil || before[row.ID] || r.isMade(row.ID) {
			continue
		}
		doubt := ""
		if before == nil {
			doubt = "what was there before the call could not be listed"
		}
		found = append(found, Found{What: row.What, Answer: row.Answer, Doubt: doubt})
	}
	return found, nil
}

// enter waits until no other call makes a thing of that name.
func (r *Roll) enter(ctx context.Context, name string) (leave func(), err error) {
	for {
		r.mu.Lock()
		other := r.busy[name]
		if other == nil {
			mine := make(chan struct{})
			r.busy[name] = mine
			r.mu.Unlock()
			return func() {
				r.mu.Lock()
				delete(r.busy, name)
				r.mu.Unlock()
				close(mine)
			}, nil
		}
		r.mu.Unlock()
		if err := r.census.clock.Wait(ctx, other); err != nil {
			return nil, err
		}
	}
}

// before is what there was at a moment shortly before now, or nil if that cannot be known: a
// list that fails is no reason not to make the call.
func (r *Roll) before(ctx context.Context, m Making) map[string]bool {
	for {
		r.mu.Lock()
		if r.ids != nil && r.census.clock.Now().Sub(r.taken) < rollLife {
			defer r.mu.Unlock()
			return r.ids
		}
		t := r.taking
		if t == nil {
			t = &taking{done: make(chan struct{})}
			r.taking = t
			r.mu.Unlock()
			r.take(ctx, m, t)
			return t.ids
		}
		r.mu.Unlock()
		if r.census.clock.Wait(ctx, t.done) != nil {
			return nil
		}
		if !t.ended {
			return t.ids
		}
	}
}

// take lists what there is, for all that wait for it.
func (r *Roll) take(ctx context.Context, m Making, t *taking) {
	began := r.census.clock.Now()
	rows, err := m.List(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	defer close(t.done)
	r.taking = nil
	if err != nil {
		t.ended = ctx.Err() != nil
		return
	}
	t.ids = make(map[string]bool, len(rows))
	for _, row := range rows {
		t.ids[row.ID] = true
		delete(r.mine, row.ID)
	}
	r.ids, r.taken = t.ids, began
}

// forget makes the next call list anew.
func (r *Roll) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids = nil
}

// made notes what a call made. Without an id it is known from the next list on.
func (r *Roll) made(id string) {
	if id == "" {
		r.forget()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ids[id] {
		r.mine[id] = true
	}
}

func (r *Roll) isMade(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.mine[id]
}
