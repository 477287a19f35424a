package lunanode

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

const (
	// maxAhead is how many seconds a nonce may run ahead of the clock. A client
	// that counts up in bursts was several seconds ahead and worked (spec
	// section 5); beyond that one waits.
	maxAhead = 5

	// remembered is for how many seconds a sent message is remembered: the width
	// of the server's window as the spec assumes it. Only a clock that is set
	// back makes the memory matter beyond the present second.
	remembered = 300
)

// nonces hands out nonces: the clock's second, or a later one if the identical
// message was already signed with it. Different messages may share a second.
type nonces struct {
	clock clock.Clock
	seed  maphash.Seed

	mu   sync.Mutex
	used map[int64]map[uint64]struct{} // nonce to the hashes of the messages sent under it
	last int64                         // the second of the last clean-up
}

func newNonces(c clock.Clock) *nonces {
	return &nonces{clock: c, seed: maphash.MakeSeed(), used: map[int64]map[uint64]struct{}{}}
}

// next returns a nonce above the given one that was not used for this message
// yet, and marks it used. It waits on the clock when the nonce would be more
// than maxAhead seconds early.
func (n *nonces) next(ctx context.Context, handler, req string, above int64) (int64, error) {
	// A collision of hashes costs one needless second of nonce, nothing else.
	var h maphash.Hash
	h.SetSeed(n.seed)
	h.WriteString(handler)
	h.WriteString(req)
	message := h.Sum64()
	for {
		nonce, wait := n.take(message, above)
		if wait == 0 {
			return nonce, nil
		}
		if err := n.clock.Sleep(ctx, wait); err != nil {
			return 0, err
		}
	}
}

// take marks the first free nonce as used, or says how long to wait for one.
func (n *nonces) take(message uint64, above int64) (nonce int64, wait time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.clock.Now()
	second := now.Unix()
	n.forget(second)
	nonce = second
	// A nonce to exceed that is far ahead of the clock was made before the clock
	// was set back; it must not be followed there.
	if above >= nonce && above <= second+maxAhead {
		nonce = above + 1
	}
	for n.isUsed(nonce, message) {
		nonce++
	}
	if nonce > second+maxAhead {
		return 0, time.Unix(second+1, 0).Sub(now)
	}
	if n.used[nonce] == nil {
		n.used[nonce] = map[uint64]struct{}{}
	}
	n.used[nonce][message] = struct{}{}
	return nonce, 0
}

func (n *nonces) isUsed(nonce int64, message uint64) bool {
	_, used := n.used[nonce][message]
	return used
}

// forget drops what is too old to be repeated, once a second.
func (n *nonces) forget(second int64) {
	if second == n.last {
		return
	}
	n.last = second
	for nonce := range n.used {
		if nonce < second-remembered {
			delete(n.used, nonce)
		}
	}
}
