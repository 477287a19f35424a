package runtime

import (
	"context"
	goruntime "runtime"
	"sync"
)

// A baton lets one task of a run execute Lua at a time. Tasks get it in the
// order in which they stood in line, so that the same events give the same
// interleaving.
type baton struct {
	clock Clock // under which a task that stands in line does not work

	mu   sync.Mutex
	held bool
	line []ticket
}

// A ticket is a place in the line; its channel is closed when the baton is the
// holder's.
type ticket chan struct{}

// queue stands in line without waiting. Somebody must await the ticket
// and pass the baton on afterwards.
func (b *baton) queue() ticket {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := make(ticket)
	if !b.held {
		b.held = true
		close(t)
		return t
	}
	b.line = append(b.line, t)
	return t
}

// take waits for the baton.
func (b *baton) take() {
	b.mu.Lock()
	if !b.held {
		b.held = true
		b.mu.Unlock()
		return
	}
	t := make(ticket)
	b.line = append(b.line, t)
	b.mu.Unlock()
	b.await(t)
}

// takeBriefly takes the baton for a moment, out of turn, as soon as nobody has it. For
// thousands of tasks that end at the same time, falling asleep for their turn and being
// woken takes longer than what they have to do with it.
func (b *baton) takeBriefly() {
	const tries = 100
	for range tries {
		if b.try() {
			return
		}
		goruntime.Gosched()
	}
	b.take()
}

// try takes the baton if nobody has it.
func (b *baton) try() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held {
		return false
	}
	b.held = true
	return true
}

// await waits for the turn of a ticket.
func (b *baton) await(t ticket) { _ = b.clock.Wait(context.Background(), t) }

// pass hands the baton to the first in line.
func (b *baton) pass() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.line) == 0 {
		b.held = false
		b.line = nil // a long line's memory goes with the line
		return
	}
	next := b.line[0]
	b.line[0] = nil
	b.line = b.line[1:]
	close(next)
}

// isWanted reports whether somebody stands in line.
func (b *baton) isWanted() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.line) > 0
}

// isHeld reports whether somebody executes Lua.
func (b *baton) isHeld() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held
}
