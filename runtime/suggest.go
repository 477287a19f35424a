package runtime

import "strings"

// nearest is the candidate that name was probably meant to be, "" if none is
// near. Differences of case, of "-" and "_", and of one or two letters count as
// near; the shorter the name, the nearer it has to be.
func nearest(name string, candidates []string) string {
	best, bestDistance := "", len(name)/3+1
	if bestDistance > 3 {
		bestDistance = 3
	}
	folded := fold(name)
	for _, c := range candidates {
		if d := distance(folded, fold(c), bestDistance); d < bestDistance || d == bestDistance && best == "" {
			best, bestDistance = c, d
		}
	}
	return best
}

func fold(s string) string { return strings.ToLower(strings.ReplaceAll(s, "-", "_")) }

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b; anything above limit is reported as limit+1.
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
