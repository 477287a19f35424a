package lunanode

import "strings"

// Near says which known action a mistyped one may have meant, as "category/action",
// or "" if none is near. A known name is near to nothing.
func (c *Catalogue) Near(category, action string) string {
	if _, ok := c.Action(category, action); ok {
		return ""
	}
	// The wrong separator is the commonest mistake: only lb has underscores.
	for _, other := range []string{strings.ReplaceAll(action, "_", "-"), strings.ReplaceAll(action, "-", "_")} {
		if a, ok := c.Action(category, other); ok {
			return a.String()
		}
	}
	var names []string
	for _, a := range c.actions {
		names = append(names, a.String())
	}
	return nearest(category+"/"+action, names)
}

// nearest is the candidate that goes on where name ends ("image" and
// "image_id"), else the one with the fewest edits, if they are few for its length;
// the first of several.
func nearest(name string, candidates []string) string {
	for _, candidate := range candidates {
		if len(name) > 2 && strings.HasPrefix(candidate, name+"_") {
			return candidate
		}
	}
	best, fewest := "", len(name)/3+1
	for _, candidate := range candidates {
		if d := distance(name, candidate); d < fewest {
			best, fewest = candidate, d
		}
	}
	return best
}

// distance is the number of single-byte edits between two texts.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
