package lunanode

import (
	"context"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A census knows what the account held before a call that makes something, so that what such a
// call made can be told from what was there.
type census struct {
	mu    sync.Mutex
	rolls map[string]*roll // by category of the list
}

func (c *census) of(category string) *roll {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rolls == nil {
		c.rolls = map[string]*roll{}
	}
	if c.rolls[category] == nil {
		c.rolls[category] = &roll{mine: map[string]bool{}, busy: map[string]chan struct{}{}}
	}
	return c.rolls[category]
}

// rollLife is how old a list may be to say what was there before a call. It is the time in
// which another program could make something of the same name and have it taken for this
// call's, and it lets a burst of calls share one list.
const rollLife = 30 * time.Second

// A roll is the ids of one list.
type roll struct {
	mu     sync.Mutex
	taken  time.Time
	ids    map[string]bool // never changed once it is here: calls under way keep theirs
	taking chan struct{}   // closed when the list under way has come or failed; nil without one
	mine   map[string]bool // made by this client, as far as they are not among ids
	busy   map[string]chan struct{}
}

// enter waits until no other call makes a thing of that name.
func (r *roll) enter(ctx context.Context, clk clock.Clock, name string) (leave func(), err error) {
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
		if err := clk.Wait(ctx, other); err != nil {
			return nil, err
		}
	}
}

// before is what there was at a moment shortly before now, or nil if that cannot be known: a
// list that fails is no reason not to make the call.
func (r *roll) before(ctx context.Context, c *Client, m making) map[string]bool {
	for {
		r.mu.Lock()
		if r.ids != nil && c.config.Clock.Now().Sub(r.taken) < rollLife {
			defer r.mu.Unlock()
			return r.ids
		}
		other := r.taking
		if other == nil {
			other = make(chan struct{})
			r.taking = other
			r.mu.Unlock()
			return r.take(ctx, c, m, other)
		}
		r.mu.Unlock()
		if c.config.Clock.Wait(ctx, other) != nil {
			return nil
		}
	}
}

// take lists what there is, for all that wait for it.
func (r *roll) take(ctx context.Context, c *Client, m making, done chan struct{}) map[string]bool {
	began := c.config.Clock.Now()
	rows, err := c.rowsOf(ctx, m)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.taking = nil
	close(done)
	if err != nil {
		return nil
	}
	r.ids, r.taken = make(map[string]bool, len(rows)), began
	for _, row := range rows {
		id := row.Get(m.id).Text()
		r.ids[id] = true
		delete(r.mine, id)
	}
	return r.ids
}

// forget makes the next call list anew.
func (r *roll) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids = nil
}

func (r *roll) made(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ids[id] {
		r.mine[id] = true
	}
}

func (r *roll) isMade(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.mine[id]
}
