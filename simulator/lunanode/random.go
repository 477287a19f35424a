package lunanode

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// randomness makes everything in an account that looks random. Its state can be
// saved, so that a restored account goes on as the original would have.
type randomness struct{ source *rand.ChaCha8 }

func newRandomness(seed uint64) *randomness {
	var key [32]byte
	copy(key[:], "cloudscript lunanode sim")
	binary.LittleEndian.PutUint64(key[24:], seed)
	return &randomness{rand.NewChaCha8(key)}
}

// uuid makes a version 4 UUID.
func (r *randomness) uuid() string {
	var b [16]byte
	r.source.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// word makes n letters and digits.
func (r *randomness) word(n int) string {
	return r.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", n)
}

// hex makes n hexadecimal digits.
func (r *randomness) hex(n int) string { return r.from("0123456789abcdef", n) }

func (r *randomness) from(alphabet string, n int) string {
	pick := rand.New(r.source)
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[pick.IntN(len(alphabet))]
	}
	return string(b)
}
