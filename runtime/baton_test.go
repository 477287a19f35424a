package runtime

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cloudscript/cloudscript/internal/clock"
)

func TestTheBatonGoesToWhoeverStoodInLineFirst(t *testing.T) {
	b := &baton{clock: clock.System}
	b.take()
	if !b.isHeld() {
		t.Fatal("taken and not held")
	}
	var order []int
	var wg sync.WaitGroup
	for i := range 100 {
		turn := b.queue() // in this order, whatever the goroutines do
		wg.Go(func() {
			b.await(turn)
			order = append(order, i)
			b.pass()
		})
	}
	b.pass()
	wg.Wait()
	for i, got := range order {
		if got != i {
			t.Fatalf("the order was %v", order)
		}
	}
	if len(order) != 100 || b.isHeld() {
		t.Errorf("%d turns, held %v", len(order), b.isHeld())
	}
	b.await(b.queue()) // free: no wait
	if !b.isHeld() {
		t.Error("a ticket of a free baton does not hold it")
	}
}

// atOnce is a clock that begins with what Go is given before it goes on.
type atOnce struct{ Clock }

func (atOnce) Go(f func()) { f() }

// However soon the task that is let go on is back in line, who let it comes before it.
func TestOneThatYieldsIsInLineFirst(t *testing.T) {
	b := &baton{clock: atOnce{clock.System}}
	b.take()
	begun := false
	b.start(func() {
		begun = true
		if !b.isWanted() {
			t.Error("the next one could go on again at once")
		}
		b.pass()
	}, never)
	b.yield()
	if !begun || !b.isHeld() {
		t.Errorf("the next one has begun: %v, and the baton is back: %v", begun, b.isHeld())
	}
	b.yield() // to nobody
	if b.pass(); b.isHeld() {
		t.Error("it is held by nobody")
	}
}

// counting is a clock that knows how many goroutines it has begun.
type counting struct {
	Clock
	begun atomic.Int64
}

func (c *counting) Go(f func()) {
	c.begun.Add(1)
	c.Clock.Go(f)
}

func never() bool { return false }

func TestATaskBeginsWhenItsTurnHasCome(t *testing.T) {
	clock := &counting{Clock: clock.System}
	b := &baton{clock: clock}
	b.take()
	var order []string
	done := make(chan struct{})
	turn := b.queue()
	b.start(func() {
		order = append(order, "begun")
		b.pass()
	}, never)
	b.start(func() { t.Error("a task that was to be left out has begun") }, func() bool { order = append(order, "left out"); return true })
	last := b.queue()
	go func() {
		b.await(turn)
		order = append(order, "waited")
		b.pass()
		b.await(last)
		order = append(order, "last")
		b.start(func() { order = append(order, "begun later"); b.pass(); close(done) }, never)
		b.pass()
	}()
	if n := clock.begun.Load(); n > 0 {
		t.Errorf("%d goroutines wait for the turn of a task", n)
	}
	b.pass()
	<-done
	if want := []string{"waited", "begun", "left out", "last", "begun later"}; !slices.Equal(order, want) {
		t.Errorf("the order was %q, want %q", order, want)
	}
	begun := make(chan struct{})
	b.start(func() { b.pass(); close(begun) }, never) // free: at once
	<-begun
}

func TestOneHoldsTheBatonAtATime(t *testing.T) {
	b := &baton{clock: clock.System}
	n := 0
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 200 {
				b.take()
				n++ // a race if two hold it
				b.pass()
			}
		})
	}
	wg.Wait()
	if n != 10_000 {
		t.Errorf("counted %d", n)
	}
}
