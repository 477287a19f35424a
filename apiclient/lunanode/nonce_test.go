package lunanode

import (
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

var start = time.Unix(1700000000, 250e6).UTC()

// nonceOf is the next nonce of a call, which must need no variant.
func nonceOf(t *testing.T, n *nonces, req string, above int64) int64 {
	t.Helper()
	nonce, variant := n.next("vm/list/", req, above)
	if variant != 0 {
		t.Errorf("variant %d of %s at %d", variant, req, nonce)
	}
	return nonce
}

func TestNonceIsTheClockSecond(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for _, req := range []string{"a", "b", "c"} {
		if got := nonceOf(t, n, req, 0); got != 1700000000 {
			t.Errorf("nonce of %s is %d, want the clock's second for every different message", req, got)
		}
	}
}

func TestNonceTellsHandlersApart(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	nonceOf(t, n, "a", 0)
	if got, _ := n.next("vm/info/", "a", 0); got != 1700000000 {
		t.Errorf("another action with the same parameters got %d", got)
	}
}

func TestIdenticalMessageGetsTheNextSecond(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	for i := range int64(4) {
		if got := nonceOf(t, n, "a", 0); got != 1700000000+i {
			t.Errorf("call %d: nonce %d", i, got)
		}
	}
	v.Advance(2 * time.Second)
	if got := nonceOf(t, n, "a", 0); got != 1700000004 {
		t.Errorf("two seconds later: nonce %d, want the first unused", got)
	}
	v.Advance(time.Minute)
	if got := nonceOf(t, n, "a", 0); got != 1700000062 {
		t.Errorf("a minute later: nonce %d, want the clock's second again", got)
	}
}

func TestNonceRunsAFewSecondsAheadAndNoFurther(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for range maxAhead + 1 {
		nonceOf(t, n, "a", 0)
	}
	for want := 1; want < 100; want++ {
		nonce, variant := n.next("vm/list/", "a", 0)
		if nonce != 1700000000 || variant != want {
			t.Fatalf("nonce %d, variant %d; want the clock's second and variant %d", nonce, variant, want)
		}
	}
}

func TestNonceAboveARefusedOne(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	if got := nonceOf(t, n, "other key", 1700000000); got != 1700000001 {
		t.Errorf("nonce %d after 1700000000 was refused", got)
	}
	if got := nonceOf(t, n, "a", 1700000000+maxAhead); got != 1700000000+maxAhead+1 {
		t.Errorf("nonce %d after the furthest one was refused", got)
	}
	if got := nonceOf(t, n, "b", 1600000000); got != 1700000000 {
		t.Errorf("nonce %d after an old one was refused", got)
	}
}

func TestNonceWhenTheClockIsSetBack(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	for range 3 {
		nonceOf(t, n, "a", 0)
	}
	n.clock = clock.NewVirtual(start.Add(-2 * time.Second))
	if got := nonceOf(t, n, "a", 0); got != 1700000003 {
		t.Errorf("after the clock was set back two seconds: nonce %d, want the first unused", got)
	}
	n.clock = clock.NewVirtual(start.Add(-time.Minute))
	for want := 1; want < 3; want++ {
		if nonce, variant := n.next("vm/list/", "a", 0); nonce != 1699999940 || variant != want {
			t.Errorf("after a minute back: nonce %d, variant %d; want the clock's second and variant %d", nonce, variant, want)
		}
	}
	if got := nonceOf(t, n, "b", 1700003600); got != 1699999940 {
		t.Errorf("nonce %d follows one that was made before the clock was set back an hour", got)
	}
}

// A message that was sent before a clean-up is still known after it, so that it is not signed
// alike; after another one it is forgotten.
func TestNonceForgetsOldMessages(t *testing.T) {
	v := clock.NewVirtual(start)
	n := newNonces(v)
	for range maxAhead {
		nonceOf(t, n, "a", 0)
	}
	n.since -= remembered // a clean-up falls due
	if got := nonceOf(t, n, "a", 0); got != 1700000000+maxAhead {
		t.Errorf("after a clean-up: nonce %d", got)
	}
	for i := range 4 {
		v.Advance(remembered * time.Second)
		nonceOf(t, n, string(rune('b'+i)), 0)
	}
	if known := len(n.sent) + len(n.older); known != 2 {
		t.Errorf("%d messages are remembered, want those of the last two stretches", known)
	}
}

func TestVariantsDifferAndMeanTheSame(t *testing.T) {
	const req = `{"a":"1","b":"2"}`
	if got := variantOf(req, 0); got != req {
		t.Errorf("variant 0 is %q", got)
	}
	seen := map[string]bool{}
	for i := range 1000 {
		text := variantOf(req, i)
		if seen[text] {
			t.Errorf("variant %d is another one too: %q", i, text)
		}
		seen[text] = true
		var back map[string]string
		if err := json.Unmarshal([]byte(text), &back); err != nil || len(back) != 2 || back["a"] != "1" {
			t.Errorf("variant %d, %q, reads as %v, %v", i, text, back, err)
		}
	}
	if got := variantOf("{}", 5); got != "{\t \t}" {
		t.Errorf("variant 5 of the empty object is %q", got)
	}
}

func TestNoncesHammered(t *testing.T) {
	n := newNonces(clock.NewVirtual(start))
	type pair struct {
		nonce   int64
		variant int
	}
	var mu sync.Mutex
	seen := map[pair]bool{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for range 20 {
				nonce, variant := n.next("vm/list/", "same", 0)
				mu.Lock()
				if seen[pair{nonce, variant}] {
					t.Errorf("nonce %d and variant %d were given twice for the same message", nonce, variant)
				}
				seen[pair{nonce, variant}] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
