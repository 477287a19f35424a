package cloudservers

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// identity makes what the real service makes at random. Everything follows from
// the seed and from what it is for, not from the order of requests, so the same
// script meets the same ids and passwords again.
type identity struct{ seed uint64 }

func (i identity) hash(purpose string, n int) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%d %s %d", i.seed, purpose, n))
}

func (i identity) firstID(kind string, from, span uint64) int {
	h := i.hash("first "+kind, 0)
	return int(from + binary.BigEndian.Uint64(h[:8])%span)
}

// password is the server's name and nine letters and digits, the form of recorded
// ones (section 9.4).
func (i identity) password(name string, id int) string {
	const alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	h := i.hash("password", id)
	letters := make([]byte, 9)
	for n := range letters {
		letters[n] = alphabet[int(h[n])%len(alphabet)]
	}
	return name + string(letters)
}

// hosts is how many physical hosts an account's servers spread over.
const hosts = 40

func (i identity) host(id int) string {
	h := i.hash("host", id%hosts)
	return hex.EncodeToString(h[:16])
}

// publicRanges are addresses that the Internet reserves for examples, tests and
// carriers; between them they number four million servers.
var publicRanges = []struct {
	first uint32
	size  int
}{
	{198<<24 | 51<<16 | 100<<8 | 1, 254}, // 198.51.100.0/24
	{203<<24 | 0<<16 | 113<<8 | 1, 254},  // 203.0.113.0/24
	{198<<24 | 18<<16, 1 << 17},          // 198.18.0.0/15
	{100<<24 | 64<<16, 1 << 22},          // 100.64.0.0/10
}

// publicAddress is the address of the n-th server, counted from 0.
func publicAddress(n int) string {
	for _, r := range publicRanges {
		if n < r.size {
			return dotted(r.first + uint32(n))
		}
		n -= r.size
	}
	return publicAddress(n)
}

func privateAddress(n int) string { return dotted(10<<24 | 176<<16 | 1 + uint32(n%(1<<20-2))) }

func dotted(ip uint32) string {
	return fmt.Sprintf("%d.%d.%d.%d", ip>>24, ip>>16&255, ip>>8&255, ip&255)
}
