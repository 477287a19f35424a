// Package nearest finds the name that somebody probably meant.
package nearest

import "strings"

// Name is the candidate that name was probably meant to be, "" if none is near.
// Differences of case, and of "-" and "_", do not count; the longer the name, the
// more letters may differ. Of equally near ones it is the one that begins most like
// name, or the first. A name of more than a hundred bytes is near to none: the time
// to compare it grows with the square of its length, and it may be a script's that wants
// just that.
func Name(name string, candidates []string) string {
	const longest = 100
	if len(name) > longest {
		return ""
	}
	best, bestDistance := "", tolerance(len(name))+1
	folded := fold(name)
	for _, c := range candidates {
		d := distance(folded, fold(c), bestDistance)
		if d < bestDistance || d == bestDistance && best != "" && begin(folded, fold(c)) > begin(folded, fold(best)) {
			best, bestDistance = c, d
		}
	}
	return best
}

// begin is how many bytes two names begin with alike.
func begin(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// tolerance is how many letters of a name may be wrong: of two letters none, or
// every short name would resemble every other.
func tolerance(length int) int {
	switch {
	case length <= 2:
		return 0
	case length <= 5:
		return 1
	case length <= 8:
		return 2
	}
	return 3
}

func fold(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "_")) }

// Within reports whether at most limit insertions, deletions, substitutions and
// swaps of neighbours turn a into b.
func Within(limit int, a, b string) bool { return distance(a, b, limit) <= limit }

// distance counts what Within bounds; anything above limit is reported as limit+1.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}
