package credentials

import "strings"

// suggest names the near miss, or everything that is allowed.
func suggest(got string, allowed []string, intro string) string {
	best, bestDistance := "", len(got)/2+1
	for _, name := range allowed {
		if d := distance(strings.ToLower(got), name); d < bestDistance {
			best, bestDistance = name, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return intro + " " + strings.Join(allowed, ", ")
}

// distance counts the single-character edits between two names; swapping
// neighbours is one edit.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
