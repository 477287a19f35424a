package bindings

import (
	"context"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A board lets the waits for things of one kind poll together: from the third thing on, one
// list tells all waits that are due whether there is news of their own.
type board struct {
	category, rows, id, state string // the list: its member, and the members of a row

	mu      sync.Mutex
	waiting map[string]int // waits by thing
	last    *roster
}

// A roster is one list, under way until done is closed.
type roster struct {
	began  time.Time
	done   chan struct{}
	states map[string]string // by id; nil if the list failed
}

const (
	// togetherFrom is the number of things from which a list is the smaller question.
	togetherFrom = 3
	// believed is how long a wait goes by what lists say before it asks for its own again: that
	// they tell the present state is confirmed for images and volumes, and likely for machines.
	believed = time.Minute
)

// enter and leave frame a wait.
func (b *board) enter(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting == nil {
		b.waiting = map[string]int{}
	}
	b.waiting[id]++
}

func (b *board) leave(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting[id]--; b.waiting[id] == 0 {
		delete(b.waiting, id)
	}
}

// shows is the state of a thing in a list from after since that is at most age old. It is not ok
// where no list tells: too few things are waited for, the thing is not in it, or it failed.
func (b *board) shows(ctx context.Context, clock runtime.Clock, client ActionCaller, id string, since time.Time, age time.Duration) (state string, ok bool) {
	b.mu.Lock()
	if len(b.waiting) < togetherFrom {
		b.mu.Unlock()
		return "", false
	}
	r, now := b.last, clock.Now()
	mine := r == nil || !r.began.After(since) || now.Sub(r.began) > age
	if mine {
		r = &roster{began: now, done: make(chan struct{})}
		b.last = r
	}
	b.mu.Unlock()
	if mine {
		r.states = b.list(ctx, client)
		close(r.done)
	} else if clock.Wait(ctx, r.done) != nil {
		return "", false
	}
	state, ok = r.states[id]
	return state, ok
}

func (b *board) list(ctx context.Context, client ActionCaller) map[string]string {
	answer, err := client.Call(ctx, b.category, "list", nil)
	if err != nil {
		return nil
	}
	states := map[string]string{}
	for _, row := range answer.Get(b.rows).List() {
		states[row.Get(b.id).Text()] = row.Get(b.state).Text()
	}
	return states
}
