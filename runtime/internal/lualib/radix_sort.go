package lualib

import (
	"math"

	lua "github.com/yuin/gopher-lua"
)

// A keyed is a number or text of a table with a key of the same order.
type keyed struct {
	key   uint64
	value lua.LValue
}

const keyedSize = 24

// numberKey maps numbers to integers of the same order; nan is at an end.
func numberKey(n float64) uint64 {
	bits := math.Float64bits(n)
	if bits>>63 != 0 {
		return ^bits
	}
	return bits | 1<<63
}

// stringKey maps texts to their first eight bytes as an integer. Texts that differ
// later, or in zero bytes at their ends, have the same.
func stringKey(s lua.LString) uint64 {
	key := uint64(0)
	for i := range min(len(s), 8) {
		key |= uint64(s[i]) << (56 - 8*i)
	}
	return key
}

// commonPrefix is what both texts start with, 64 bytes at most.
func commonPrefix(a, b lua.LString) lua.LString {
	n := 0
	for n < min(len(a), len(b), 64) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// radixSort sorts by the keys, byte by byte from the lowest. It skips the bytes
// that all keys have in common, which are most. The result may be another slice;
// step is told of the work as comparisons.
func radixSort(numbers []keyed, step func(comparisons int)) []keyed {
	const few = 128 // are sorted before the counts are cleared
	if len(numbers) <= few {
		mergeSort(numbers, func(a, b keyed) bool { return a.key < b.key }, step)
		return numbers
	}
	var counts [8][256]int
	for i, n := range numbers {
		for b := range counts {
			counts[b][byte(n.key>>(8*b))]++
		}
		if i%comparisonsPerStep == 0 {
			step(comparisonsPerStep)
		}
	}
	to := make([]keyed, len(numbers))
	for b := range counts {
		if counts[b][byte(numbers[0].key>>(8*b))] == len(numbers) {
			continue
		}
		distribute(to, numbers, 8*b, &counts[b], step)
		numbers, to = to, numbers
	}
	return numbers
}

// distribute copies from to to in the order of the byte at shift, of which counts
// says how often each value occurs.
func distribute(to, from []keyed, shift int, counts *[256]int, step func(int)) {
	next := 0
	for v, count := range counts {
		counts[v] = next
		next += count
	}
	for i, n := range from {
		at := &counts[byte(n.key>>shift)]
		to[*at] = n
		*at++
		if i%comparisonsPerStep == 0 {
			step(comparisonsPerStep)
		}
	}
}
