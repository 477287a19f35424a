package stdlib

import "strings"

// maxKeys bounds the keys of one block mapping, for each of which the YAML parser
// copies all that came before.
const maxKeys = 2000

// mostKeys is how many keys the largest block mapping of a YAML document has, about:
// how many lines with a colon stand at one indentation, with none further left between
// them. Block scalars and what is in brackets do not count.
func mostKeys(text string) int {
	type mapping struct{ indent, keys int }
	var open []mapping // each inside the one before
	most, brackets, scalar := 0, 0, -1
	closeTo := func(indent int) {
		for len(open) > 0 && open[len(open)-1].indent > indent {
			open = open[:len(open)-1]
		}
	}
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, " ")
		indent := len(line) - len(rest)
		rest = strings.TrimRight(rest, " \t\r\n")
		switch {
		case rest == "" || rest[0] == '#' || scalar >= 0 && indent > scalar:
			continue
		case brackets > 0:
			brackets = max(0, brackets+nesting(rest))
			continue
		}
		scalar = -1
		for strings.HasPrefix(rest, "- ") {
			closeTo(indent)
			item := strings.TrimLeft(rest[1:], " ")
			indent += len(rest) - len(item)
			rest = item
			closeTo(indent - 1) // the item's mapping is a new one
		}
		closeTo(indent)
		if strings.Contains(rest, ":") {
			if len(open) == 0 || open[len(open)-1].indent < indent {
				open = append(open, mapping{indent: indent})
			}
			last := &open[len(open)-1]
			last.keys++
			most = max(most, last.keys)
		}
		if strings.Contains(rest, "|") || strings.Contains(rest, ">") {
			if end := strings.TrimRight(rest, "+-0123456789"); strings.HasSuffix(end, "|") || strings.HasSuffix(end, ">") {
				scalar = indent
			}
		}
		brackets = max(0, nesting(rest))
	}
	return most
}

// nesting is how many brackets more a line opens than it closes.
func nesting(line string) int {
	return strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
}
