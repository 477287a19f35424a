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
	line []place
}

// A ticket's channel is closed when the baton is the holder's.
type ticket chan struct{}

// A place in the line is somebody's who waits, or of a task that begins when its turn
// has come: until then it needs no goroutine.
type place struct {
	ticket ticket
	begin  func()
	skip   func() bool
}

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
	b.line = append(b.line, place{ticket: t})
	return t
}

// start calls f, which passes the baton on, on a goroutine of its own when it is its turn,
// unless skip says then that this is not needed any more.
func (b *baton) start(f func(), skip func() bool) {
	b.mu.Lock()
	free := !b.held
	if free {
		b.held = true
	} else {
		b.line = append(b.line, place{begin: f, skip: skip})
	}
	b.mu.Unlock()
	if free {
		b.clock.Go(f)
	}
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
	b.line = append(b.line, place{ticket: t})
	b.mu.Unlock()
	b.await(t)
}

// takeBriefly takes the baton for a moment, out of turn, as soon as nobody has it. For
// thousands of tasks that end at the same time, falling asleep for their turn and being
// woken takes longer than what they have to do with it: while the baton is on its way to
// one that sleeps, nobody can use it.
func (b *baton) takeBriefly() {
	const tries = 1000
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
	for {
		next, ok := b.next()
		switch {
		case !ok:
		case next.begin == nil:
			close(next.ticket)
		case next.skip():
			continue
		default:
			b.clock.Go(next.begin)
		}
		return
	}
}

// next takes the first out of the line; if there is nobody, nobody holds the baton.
func (b *baton) next() (first place, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.line) == 0 {
		b.held = false
		b.line = nil // a long line's memory goes with the line
		return place{}, false
	}
	first = b.line[0]
	b.line[0] = place{}
	b.line = b.line[1:]
	return first, true
}

// yield gives those who stand in line a turn each before its holder goes on, who is in
// line already when the first of them begins: one that is soon back comes after it.
func (b *baton) yield() {
	if !b.isWanted() {
		return
	}
	back := b.queue()
	b.pass()
	b.await(back)
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
