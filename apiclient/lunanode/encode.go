package lunanode

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// A member is one part of the signed object.
type member struct{ name, value string }

// members are those of a call, sorted by name. Those in last override the others.
func members(params map[string]string, last ...member) []member {
	all := make([]member, 0, len(params)+len(last))
	for name, value := range params {
		if !slices.ContainsFunc(last, func(m member) bool { return m.name == name }) {
			all = append(all, member{name, value})
		}
	}
	all = append(all, last...)
	slices.SortFunc(all, func(a, b member) int { return cmp.Compare(a.name, b.name) })
	return all
}

// encode writes sorted members as one JSON object in pure ASCII. The server verifies the text it receives, so any valid JSON would do,
// but raw UTF-8 has been seen to fail authentication (spec section 4): every
// code unit outside U+0020..U+007E becomes \uXXXX. Sorted members make the same
// call the same text, which is what the nonce's guard compares.
//
// Text that is not valid UTF-8 is an error that names the parameter and not its
// value, which may be a password.
func encode(all []member) (string, error) {
	size := 2
	for _, m := range all {
		size += len(m.name) + len(m.value) + 6
	}
	b := append(make([]byte, 0, size), '{')
	for i, m := range all {
		name, value := m.name, m.value
		if at := invalidUTF8(name); at >= 0 {
			return "", fmt.Errorf("parameter name %q is not valid UTF-8: byte %d is 0x%02x", name, at+1, name[at])
		}
		if at := invalidUTF8(value); at >= 0 {
			return "", fmt.Errorf("parameter %s is not valid UTF-8: byte %d is 0x%02x; convert the text to UTF-8 or encode binary data, for example as base64", name, at+1, value[at])
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, name)
		b = append(b, ':')
		b = appendString(b, value)
	}
	return string(append(b, '}')), nil
}

// appendString appends valid UTF-8 text as an ASCII JSON string.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	if isPlain(s) {
		return append(append(b, s...), '"')
	}
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r >= 0x20 && r <= 0x7E:
			b = append(b, byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			b = appendUnit(appendUnit(b, high), low)
		default:
			b = appendUnit(b, r)
		}
	}
	return append(b, '"')
}

// isPlain reports whether nothing in a text needs an escape.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7E || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendUnit appends one UTF-16 code unit as \uXXXX.
func appendUnit(b []byte, unit rune) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[unit>>12&15], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
}

// invalidUTF8 is the offset of the first byte that is not valid UTF-8, or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}
