package layout

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// width is the number of terminal columns that a text takes.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(columns-width(s), 0))
}

// truncate cuts a text to a number of columns, an ellipsis at its end; 0 does
// not cut. It never cuts through a character that is drawn as one.
func truncate(s string, columns int) string {
	if columns <= 0 || width(s) <= columns {
		return s
	}
	return cut(s, columns)
}

// cut is truncate of a text that is too wide.
func cut(s string, columns int) string {
	used, end := 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used+g.Width() > columns-1 {
			break
		}
		used += g.Width()
		_, end = g.Positions()
	}
	return s[:end] + "…"
}

// escape makes control characters, bytes that are not UTF-8, and characters that
// reorder or hide text visible.
func escape(s string) string {
	clean := true
	for _, r := range s {
		if unsafeRune(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == utf8.RuneError && s[i] != "\uFFFD"[0]:
			fmt.Fprintf(&b, `\%d`, s[i])
		case unsafeRune(r) && r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\%d`, r)
		case unsafeRune(r) && r != utf8.RuneError:
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// quoted writes a text as a Lua string literal in double quotes.
func quoted(s string) string { return `"` + quotedInside(s) + `"` }

// quotedInside is what stands between the quotes.
func quotedInside(s string) string {
	return escape(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s))
}
