package layout

import "strings"

// Names writes a heading and names on lines of so many columns, 0 for one line of any
// length. What does not fit behind the heading goes on below it, indented.
func Names(heading string, names []string, columns int) string {
	var b strings.Builder
	b.WriteString(heading)
	used := width(heading)
	for i, name := range names {
		if i < len(names)-1 {
			name += ","
		}
		if columns > 0 && used+1+width(name) > columns {
			b.WriteString("\n ")
			used = 1
		}
		b.WriteString(" " + name)
		used += 1 + width(name)
	}
	return b.String()
}
