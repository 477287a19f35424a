package lunanode

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

var start = time.Unix(1700000000, 250e6).UTC()

// take hands out one nonce without waiting.
func takeNonce(t *testing.T, n *nonces, req string, above int64) int64 {
	t.Helper()
	nonce, err := n.next(context.Background(), "vm/list/", req, above)
	if err != nil {
		t.Fatal(err)
	}
	return nonce
}

func TestNonceIsTheClockSecond(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for _, req := range []string{"a", "b", "c"} {
		if got := takeNonce(t, n, req, 0); got != 1700000000 {
			t.Errorf("nonce of %s is %d, want the clock's second for every different message", req, got)
		}
	}
}

func TestNonceTellsHandlersApart(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	takeNonce(t, n, "a", 0)
	if got, _ := n.next(context.Background(), "vm/info/", "a", 0); got != 1700000000 {
		t.Errorf("another action with the same parameters got %d", got)
	}
}

func TestIdenticalMessageGetsTheNextSecond(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	for i := range int64(4) {
		if got := takeNonce(t, n, "a", 0); got != 1700000000+i {
			t.Errorf("call %d: nonce %d", i, got)
		}
	}
	v.Advance(2 * time.Second)
	if got := takeNonce(t, n, "a", 0); got != 1700000004 {
		t.Errorf("two seconds later: nonce %d, want the first unused", got)
	}
	v.Advance(time.Minute)
	if got := takeNonce(t, n, "a", 0); got != 1700000062 {
		t.Errorf("a minute later: nonce %d, want the clock's second again", got)
	}
}

func TestNonceWaitsRatherThanRunFarAhead(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	done := make(chan struct{})
	v.Go(func() {
		defer close(done)
		for i := range int64(9) {
			nonce := takeNonce(t, n, "a", 0)
			if nonce != 1700000000+i {
				t.Errorf("call %d: nonce %d", i, nonce)
			}
			if ahead := nonce - v.Now().Unix(); ahead > maxAhead {
				t.Errorf("call %d: %d s ahead of the clock", i, ahead)
			}
		}
	})
	<-done
	// Nine nonces with five seconds of lead: the clock had to reach second 3.
	if got, want := v.Now(), time.Unix(1700000003, 0); !got.Equal(want) {
		t.Errorf("the clock stands at %v, want %v", got, want)
	}
}

func TestNonceWaitEndsWithTheContext(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for range maxAhead + 1 {
		takeNonce(t, n, "a", 0)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	stop := errors.New("stop")
	cancel(stop)
	if _, err := n.next(ctx, "vm/list/", "a", 0); !errors.Is(err, stop) {
		t.Errorf("error %v, want the context's cause", err)
	}
}

func TestNonceAboveARefusedOne(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	if got := takeNonce(t, n, "other key", 1700000000); got != 1700000001 {
		t.Errorf("nonce %d after 1700000000 was refused", got)
	}
	if got := takeNonce(t, n, "a", 1600000000); got != 1700000000 {
		t.Errorf("nonce %d after an old one was refused", got)
	}
}

func TestNonceWhenTheClockIsSetBack(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for range 3 {
		takeNonce(t, n, "a", 0)
	}
	n.clock = clock.NewVirtual(start.Add(-2 * time.Second))
	want := []int64{1699999998, 1699999999, 1700000003} // 0, 1 and 2 are used up
	for i, w := range want {
		if got := takeNonce(t, n, "a", 0); got != w {
			t.Errorf("call %d after the clock was set back: nonce %d, want %d", i, got, w)
		}
	}
	if got := takeNonce(t, n, "b", 1700003600); got != 1699999998 {
		t.Errorf("nonce %d follows one that was made before the clock was set back an hour", got)
	}
}

func TestNonceForgetsOldMessages(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	for range 3 * remembered {
		takeNonce(t, n, "a", 0)
		v.Advance(time.Second)
	}
	if len(n.used) > remembered+maxAhead+1 {
		t.Errorf("%d seconds remembered", len(n.used))
	}
}

func TestNoncesHammered(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	var mu sync.Mutex
	seen := map[int64]bool{}
	var all sync.WaitGroup
	for range 20 {
		all.Add(1)
		v.Go(func() {
			defer all.Done()
			for range 20 {
				nonce := takeNonce(t, n, "same", 0)
				mu.Lock()
				if seen[nonce] {
					t.Errorf("nonce %d was given twice for the same message", nonce)
				}
				seen[nonce] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
