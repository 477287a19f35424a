package lunanode

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// encode writes a flat map as one JSON object in pure ASCII, members sorted by
// name. The server verifies the text it receives, so any valid JSON would do,
// but raw UTF-8 has been seen to fail authentication (spec section 4): every
// code unit outside U+0020..U+007E becomes \uXXXX. Sorted members make the same
// call the same text, which is what the nonce's guard compares.
//
// Text that is not valid UTF-8 is an error that names the parameter and not its
// value, which may be a password.
func encode(params map[string]string) (string, error) {
	size := 2
	for name, value := range params {
		size += len(name) + len(value) + 6
	}
	b := append(make([]byte, 0, size), '{')
	for i, name := range slices.Sorted(maps.Keys(params)) {
		if at := invalidUTF8(name); at >= 0 {
			return "", fmt.Errorf("parameter name %q is not valid UTF-8: byte %d is 0x%02x", name, at+1, name[at])
		}
		value := params[name]
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
