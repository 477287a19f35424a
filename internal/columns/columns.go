// Package columns measures and cuts text by what a terminal makes of it: wide
// characters take two columns, combining ones none.
package columns

import (
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/rivo/uniseg"
)

// Of is how many columns a text takes.
func Of(text string) int { return uniseg.StringWidth(text) }

// Fit cuts a text to a number of columns, between characters as a person counts
// them. Dots stand for what is missing.
func Fit(text string, columns int) string {
	if Of(text) <= columns {
		return text
	}
	var b strings.Builder
	used := 1 // the dots
	clusters := uniseg.NewGraphemes(text)
	for clusters.Next() {
		if used += clusters.Width(); used > columns {
			break
		}
		b.WriteString(clusters.Str())
	}
	return b.String() + "…"
}

var colours = lazyregexp.New(`\x1b\[[0-9;]*m`)

// WithoutColours is a text without its colours, which take no columns.
func WithoutColours(text string) string { return colours.ReplaceAllString(text, "") }
