// Package textsearch finds texts in others of any length, without being deaf to a stop
// meanwhile: strings.Index takes a quarter of a second for fifty megabytes in a hundred.
package textsearch

import "strings"

const (
	// piece is how many bytes are looked at between two calls of work.
	piece = 64 << 10

	// longPart is how long a part may be of which each piece is searched with the part's
	// length of the next one; beyond that the pieces would be looked at many times.
	longPart = 4 << 10
)

// Index is strings.Index that tells work how many bytes it has looked at, piece by piece.
// Work may panic.
func Index(text, part string, work func(bytes int)) int {
	if len(part) > longPart {
		return rolling(text, part, work)
	}
	for from := 0; from+len(part) <= len(text); from += piece {
		window := text[from:min(len(text), from+piece+len(part)-1)]
		if i := strings.Index(window, part); i >= 0 {
			work(i)
			return from + i
		}
		work(len(window))
	}
	return -1
}

// factor is what a hash is multiplied with for each byte: the prime of FNV-1a.
const factor = 1099511628211

// rolling is Rabin and Karp's search: each byte is looked at twice, whatever the texts are
// like.
func rolling(text, part string, work func(bytes int)) int {
	n := len(part)
	if n > len(text) {
		return -1
	}
	wanted, here := hash(part, work), hash(text[:n], work)
	leaving := power(n - 1) // what the byte that leaves has been multiplied with
	for i := 0; ; i++ {
		if here == wanted {
			work(n)
			if text[i:i+n] == part {
				return i
			}
		}
		if i+n == len(text) {
			return -1
		}
		here = (here-uint64(text[i])*leaving)*factor + uint64(text[i+n])
		if i%piece == piece-1 {
			work(piece)
		}
	}
}

// power is the factor to the power of n.
func power(n int) uint64 {
	result := uint64(1)
	for square := uint64(factor); n > 0; n >>= 1 {
		if n&1 == 1 {
			result *= square
		}
		square *= square
	}
	return result
}

func hash(text string, work func(bytes int)) (sum uint64) {
	for text != "" {
		window := text[:min(len(text), piece)]
		for i := range len(window) {
			sum = sum*factor + uint64(window[i])
		}
		work(len(window))
		text = text[len(window):]
	}
	return sum
}
