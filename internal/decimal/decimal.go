// Package decimal compares numbers that are kept as JSON text because no float64 holds
// them.
package decimal

import (
	"cmp"
	"strconv"
	"strings"
)

// Compare orders the numbers of two JSON texts, or of what strconv.FormatFloat writes.
// Whole numbers are compared by their digits, others by the nearest float64.
func Compare(a, b string) int {
	digitsA, wholeA := whole(a)
	digitsB, wholeB := whole(b)
	if !wholeA || !wholeB {
		x, _ := strconv.ParseFloat(a, 64) // out of range is ±Inf
		y, _ := strconv.ParseFloat(b, 64)
		return cmp.Compare(x, y)
	}
	negativeA, negativeB := a[0] == '-', b[0] == '-'
	switch {
	case negativeA && !negativeB:
		return -1
	case negativeB && !negativeA:
		return 1
	}
	c := cmp.Or(cmp.Compare(len(digitsA), len(digitsB)), strings.Compare(digitsA, digitsB))
	if negativeA {
		return -c
	}
	return c
}

// whole are the digits of a whole number.
func whole(text string) (digits string, ok bool) {
	digits = strings.TrimPrefix(text, "-")
	return digits, digits != "" && '0' <= digits[0] && digits[0] <= '9' && !strings.ContainsAny(digits, ".eE")
}
