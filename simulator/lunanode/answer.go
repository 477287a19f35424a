package lunanode

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An answer's parts. Every scalar is a string, numbers included (spec section 6),
// so these and string are all there is.
type (
	// object is a JSON object; its members keep their order.
	object []member
	member struct {
		name  string
		value any
	}

	// dict is an object whose names are data (ids, slugs). PHP cannot tell an
	// empty one from an empty list.
	dict []member

	list []any

	// markup is a text that always leaves with its HTML entities escaped.
	markup string
)

// encoder writes answers as PHP's json_encode does: slashes escaped, nothing but
// ASCII, no blanks.
type encoder struct {
	out              []byte
	emptyMapAsList   bool
	escapeEverything bool
}

func (e *encoder) value(v any) {
	switch v := v.(type) {
	case string:
		if e.escapeEverything {
			v = escapeHTML(v)
		}
		e.text(v)
	case markup:
		e.text(escapeHTML(string(v)))
	case object:
		e.members(v)
	case dict:
		if len(v) == 0 && e.emptyMapAsList {
			e.out = append(e.out, "[]"...)
			return
		}
		e.members(v)
	case list:
		e.out = append(e.out, '[')
		for i, item := range v {
			if i > 0 {
				e.out = append(e.out, ',')
			}
			e.value(item)
		}
		e.out = append(e.out, ']')
	default:
		panic(fmt.Sprintf("lunanode: a %T in an answer", v)) // a mistake in an action
	}
}

func (e *encoder) members(members []member) {
	e.out = append(e.out, '{')
	for i, m := range members {
		if i > 0 {
			e.out = append(e.out, ',')
		}
		e.text(m.name)
		e.out = append(e.out, ':')
		e.value(m.value)
	}
	e.out = append(e.out, '}')
}

func (e *encoder) text(s string) {
	e.out = append(e.out, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != '/' {
				i++
				continue
			}
			e.out = append(e.out, s[start:i]...)
			e.escapeByte(c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		e.out = append(e.out, s[start:i]...)
		if r > 0xFFFF {
			r -= 0x10000
			e.escapeUnit(0xD800 + r>>10)
			e.escapeUnit(0xDC00 + r&0x3FF)
		} else {
			e.escapeUnit(r)
		}
		i += size
		start = i
	}
	e.out = append(e.out, s[start:]...)
	e.out = append(e.out, '"')
}

func (e *encoder) escapeByte(c byte) {
	if at := strings.IndexByte("\"\\/\b\f\n\r\t", c); at >= 0 {
		e.out = append(e.out, '\\', `"\/bfnrt`[at])
		return
	}
	e.escapeUnit(rune(c))
}

func (e *encoder) escapeUnit(u rune) {
	const digits = "0123456789abcdef"
	e.out = append(e.out, '\\', 'u', digits[u>>12&15], digits[u>>8&15], digits[u>>4&15], digits[u&15])
}

// escapeHTML is PHP's htmlspecialchars.
func escapeHTML(s string) string { return htmlEscapes.Replace(s) }

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#039;")

func decimal(n int) string { return strconv.Itoa(n) }

// oneOrEmpty is the form of a boolean that is not written yes or no.
func oneOrEmpty(set bool) string {
	if set {
		return "1"
	}
	return ""
}

func yesNo(set bool) string {
	if set {
		return "yes"
	}
	return "no"
}

// each makes a list with one row for each item.
func each[T any](items []T, row func(T) object) list {
	rows := make(list, len(items))
	for i, item := range items {
		rows[i] = row(item)
	}
	return rows
}
