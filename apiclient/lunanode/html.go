package lunanode

import (
	"html"
	"strings"
)

// Unescape undoes the HTML entities that the service puts into texts: states,
// errors, the data of monitor checks (spec section 6).
func Unescape(s string) string { return html.UnescapeString(s) }

// PlainText is a text for display: entities undone, markup left out. It turns
// info.status into "Online".
func PlainText(s string) string {
	s = Unescape(s)
	var b strings.Builder
	for s != "" {
		text, rest, tag := strings.Cut(s, "<")
		b.WriteString(text)
		if !tag {
			break
		}
		_, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			break
		}
		s = after
	}
	return b.String()
}
