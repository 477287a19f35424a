package rackspace

import (
	"context"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A board lets the waits of one account for things of one kind poll together: from the third
// thing on, one list answers for all waits that are due at about the same time, instead of one
// call each.
type board[T any] struct {
	all  Collection[T]
	get  func(ctx context.Context, id ID, fresh bool) (*T, error)
	idOf func(T) ID

	mu      sync.Mutex
	waiting map[ID]int // waits by thing
	last    *snapshot[T]
}

const (
	// togetherFrom is the number of things from which a list is the smaller question.
	togetherFrom = 3
	// togetherWithin is how old a list may be to answer another wait. Waits poll every two
	// seconds at most.
	togetherWithin = time.Second
)

// A snapshot is one list of all things, under way until done is closed.
type snapshot[T any] struct {
	began time.Time
	done  chan struct{}
	rows  map[ID]T
	err   error
}

// enter and leave frame a wait.
func (b *board[T]) enter(id ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting == nil {
		b.waiting = map[ID]int{}
	}
	b.waiting[id]++
}

func (b *board[T]) leave(id ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting[id]--; b.waiting[id] == 0 {
		delete(b.waiting, id)
	}
}

// look returns the thing as it was at some moment after since, and not long ago. One that the
// list does not show is asked for by itself.
func (b *board[T]) look(ctx context.Context, id ID, since time.Time) (*T, error) {
	s := b.snapshot(since)
	if s == nil {
		return b.get(ctx, id, true)
	}
	c := b.all.client
	if err := c.clock.Wait(ctx, s.done); err != nil {
		return nil, c.redact.Ended(ctx, &apiclient.Request{Op: b.all.op}, "waiting for the answer to "+b.all.op, err)
	}
	// A list can fail where a single answer does not: a recorded server could not write the
	// list because of one server's name.
	if found, ok := s.rows[id]; ok && s.err == nil {
		return &found, nil
	}
	return b.get(ctx, id, true)
}

// snapshot returns a list that is new enough, under way or done, and starts one if there is
// none. It is nil when so few things are waited for that asking for one is less work.
func (b *board[T]) snapshot(since time.Time) *snapshot[T] {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) < togetherFrom {
		return nil
	}
	c := b.all.client
	now := c.clock.Now()
	// A list that began before a wait may show the state before the action that is waited for.
	if b.last != nil && b.last.began.After(since) && now.Sub(b.last.began) < togetherWithin {
		return b.last
	}
	s := &snapshot[T]{began: now, done: make(chan struct{}), rows: map[ID]T{}}
	b.last = s
	c.clock.Go(func() {
		defer close(s.done)
		// In the client's life: the wait that started it may end before the others.
		for found, err := range b.all.All(c.sessions.life, ListOptions{Detail: true, Fresh: true}) {
			if err != nil {
				s.err = err
				return
			}
			s.rows[b.idOf(found)] = found
		}
	})
	return s
}

// watch returns what a wait asks with: the first time for its own thing, because most waits are
// for a change that was asked for just now, then together with the others. The wait ends with
// leave.
func (b *board[T]) watch(id ID) (look func(context.Context) (*T, error), leave func()) {
	began := b.all.client.clock.Now()
	b.enter(id)
	first := true
	return func(ctx context.Context) (*T, error) {
		if first {
			first = false
			return b.get(ctx, id, true)
		}
		return b.look(ctx, id, began)
	}, func() { b.leave(id) }
}
