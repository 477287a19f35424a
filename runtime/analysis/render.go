package analysis

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// Render is the finding for people, in lines that end with a line end: the place
// in the form that editors know, the source line with a caret, what to do.
func (f Finding) Render() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s [%s]\n", f.Position, f.Message, f.Rule)
	if f.Source != "" {
		fmt.Fprintf(&b, "%5d | %s\n", f.Position.Line, f.Source)
		if c := f.Position.Column; c > 0 && c <= len(f.Source)+1 {
			fmt.Fprintf(&b, "      | %s^\n", padding(f.Source[:c-1]))
		}
	}
	if f.Hint != "" {
		fmt.Fprintf(&b, "hint: %s\n", f.Hint)
	}
	return b.String()
}

// padding is as wide as text on a terminal; tabs stay tabs.
func padding(text string) string {
	parts := strings.Split(text, "\t")
	for i, part := range parts {
		parts[i] = strings.Repeat(" ", uniseg.StringWidth(part))
	}
	return strings.Join(parts, "\t")
}
