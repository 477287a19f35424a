package rackspace

import (
	"context"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A board lets the waits of one account poll together: from the third waiting server on, one
// list answers for all that are due at about the same time, instead of one call each.
type board struct {
	servers *ServerService

	mu      sync.Mutex
	waiting map[ID]int // waits by server
	last    *snapshot
}

const (
	// togetherFrom is the number of servers from which a list is the smaller question.
	togetherFrom = 3
	// togetherWithin is how old a list may be to answer another wait. Waits poll every two
	// seconds at most.
	togetherWithin = time.Second
)

// A snapshot is one list of all servers, under way until done is closed.
type snapshot struct {
	began time.Time
	done  chan struct{}
	rows  map[ID]Server
	err   error
}

// enter and leave frame a wait.
func (b *board) enter(id ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting == nil {
		b.waiting = map[ID]int{}
	}
	b.waiting[id]++
}

func (b *board) leave(id ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting[id]--; b.waiting[id] == 0 {
		delete(b.waiting, id)
	}
}

// look returns the server as it was at some moment after since, and not long ago. A server
// that the list does not show is asked for by itself.
func (b *board) look(ctx context.Context, id ID, since time.Time) (*Server, error) {
	s := b.snapshot(since)
	if s == nil {
		return b.servers.get(ctx, id, true)
	}
	c := b.servers.client
	if err := c.clock.Wait(ctx, s.done); err != nil {
		return nil, c.redact.Ended(ctx, &apiclient.Request{Op: "servers.list"}, "waiting for a list of servers", err)
	}
	// A list can fail where a single answer does not: a recorded server could not write the
	// list because of one server's name.
	if server, ok := s.rows[id]; ok && s.err == nil {
		return &server, nil
	}
	return b.servers.get(ctx, id, true)
}

// snapshot returns a list that is new enough, under way or done, and starts one if there is
// none. It is nil when so few servers are waited for that asking for one is less work.
func (b *board) snapshot(since time.Time) *snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) < togetherFrom {
		return nil
	}
	c := b.servers.client
	now := c.clock.Now()
	// A list that began before a wait may show the state before the action that is waited for.
	if b.last != nil && b.last.began.After(since) && now.Sub(b.last.began) < togetherWithin {
		return b.last
	}
	s := &snapshot{began: now, done: make(chan struct{}), rows: map[ID]Server{}}
	b.last = s
	c.clock.Go(func() {
		defer close(s.done)
		// In the client's life: the wait that started it may end before the others.
		for server, err := range b.servers.All(c.sessions.life, ListOptions{Detail: true, Fresh: true}) {
			if err != nil {
				s.err = err
				return
			}
			s.rows[server.ID] = server
		}
	})
	return s
}
