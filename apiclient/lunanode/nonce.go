package lunanode

import (
	"hash/maphash"
	"sync"

	"github.com/cloudscript/cloudscript/internal/clock"
)

const (
	// maxAhead is how many seconds a nonce may run ahead of the clock. A client
	// that counts up in bursts was several seconds ahead and worked (spec
	// section 5).
	maxAhead = 5

	// remembered is for how many seconds a sent message is remembered: the width
	// of the server's window as the spec assumes it. Only a clock that is set
	// back makes the memory matter beyond the present second.
	remembered = 300
)

// nonces sees to it that no message is signed twice alike, in case the server
// refuses replays (spec section 5). A nonce is the clock's second. A message that
// was signed with it already gets one of the next seconds, and when those are
// used up too it becomes another message with the same meaning: a variant,
// which differs in blanks between the members. So a burst of identical calls
// never has to wait for the clock.
type nonces struct {
	clock clock.Clock
	seed  maphash.Seed

	mu   sync.Mutex
	used map[int64]map[uint64]int // nonce, hash of the message: variants signed
	last int64                    // the second of the last clean-up
}

func newNonces(c clock.Clock) *nonces {
	return &nonces{clock: c, seed: maphash.MakeSeed(), used: map[int64]map[uint64]int{}}
}

// next returns a nonce above the given one and which variant of the message to
// sign with it. No two calls with the same message get the same pair.
func (n *nonces) next(handler, req string, above int64) (nonce int64, variant int) {
	// A collision of hashes costs one needless second of nonce, nothing else.
	var h maphash.Hash
	h.SetSeed(n.seed)
	_, _ = h.WriteString(handler)
	_, _ = h.WriteString(req)
	message := h.Sum64()

	n.mu.Lock()
	defer n.mu.Unlock()
	second := n.clock.Now().Unix()
	n.forget(second)
	first := second
	// A nonce to exceed that is far ahead of the clock was made before the clock
	// was set back; it must not be followed there.
	if above >= first && above <= second+maxAhead {
		first = above + 1
	}
	nonce = first
	for later := first; later <= second+maxAhead; later++ {
		if n.used[later][message] == 0 {
			nonce = later
			break
		}
	}
	if n.used[nonce] == nil {
		n.used[nonce] = map[uint64]int{}
	}
	variant = n.used[nonce][message]
	n.used[nonce][message]++
	return nonce, variant
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

// variantOf writes a JSON object another way: the digits of the variant in base
// two stand as blanks and tabs behind the brace. Variant 0 is the text itself.
func variantOf(req string, variant int) string {
	if variant == 0 {
		return req
	}
	b := make([]byte, 0, len(req)+16)
	b = append(b, '{')
	for ; variant > 0; variant >>= 1 {
		b = append(b, " \t"[variant&1])
	}
	return string(append(b, req[1:]...))
}
