package lunanode

import (
	"hash/maphash"
	"math/bits"
	"sync"

	"github.com/cloudscript/cloudscript/internal/clock"
)

const (
	// maxAhead is how many seconds a nonce may run ahead of the clock. A client
	// that counts up in bursts was several seconds ahead and worked (spec
	// section 5).
	maxAhead = 5

	// remembered is for how many seconds a sent message is remembered at least: the
	// width of the server's window as the spec assumes it. Only a clock that is set
	// back makes the memory matter beyond the present second.
	remembered = 300
)

// nonces sees to it that no message is signed twice alike, in case the server
// refuses replays (spec section 5). A nonce is the clock's second. A message that
// was signed with it already gets the next second that it was not, and when that is
// too far ahead it becomes another message with the same meaning: a variant,
// which differs in blanks between the members. So a burst of identical calls
// never has to wait for the clock.
type nonces struct {
	clock clock.Clock
	seed  maphash.Seed

	mu    sync.Mutex
	sent  map[uint64]signings // by hash of the message
	older map[uint64]signings // what was sent before the last clean-up, unless it is in sent
	since int64               // the second of the last clean-up
}

// signings is how one message was signed so far. Nonces and variants only rise, so
// no pair of them comes twice, whatever the clock does.
type signings struct {
	last     int64 // the latest nonce
	variants int   // how many were made
}

func newNonces(c clock.Clock) *nonces {
	return &nonces{clock: c, seed: maphash.MakeSeed(), sent: map[uint64]signings{}}
}

// next returns a nonce above the given one and which variant of the message to
// sign with it. No two calls with the same message get the same pair.
func (n *nonces) next(handler, req string, above int64) (nonce int64, variant int) {
	// A collision of hashes costs one needless second of nonce, nothing else.
	message := bits.RotateLeft64(maphash.String(n.seed, handler), 1) ^ maphash.String(n.seed, req)
	second := n.clock.Now().Unix()

	n.mu.Lock()
	defer n.mu.Unlock()
	n.forget(second)
	before, ok := n.sent[message]
	if !ok {
		before = n.older[message]
	}
	nonce = second
	// A nonce to exceed that is far ahead of the clock was made before the clock
	// was set back; it must not be followed there.
	if above >= second && above <= second+maxAhead {
		nonce = above + 1
	}
	if later := before.last + 1; later > nonce && later > second+maxAhead {
		before.variants++
		variant = before.variants
	} else {
		nonce = max(nonce, later)
		before.last = nonce
	}
	n.sent[message] = before
	return nonce, variant
}

// forget drops what is too old to be repeated.
func (n *nonces) forget(second int64) {
	if age := second - n.since; age >= remembered || age <= -remembered {
		n.older, n.sent, n.since = n.sent, map[uint64]signings{}, second
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
