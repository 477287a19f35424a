package printf

import "strconv"

// AppendInt formats a signed integer (%d, %i).
func (s *Spec) AppendInt(dst []byte, v int64) []byte {
	magnitude := uint64(v)
	if v < 0 {
		magnitude = -magnitude
	}
	return s.appendDigits(dst, s.sign(v < 0), magnitude, 10)
}

// AppendUint formats an unsigned integer (%u, %o, %x, %X).
func (s *Spec) AppendUint(dst []byte, v uint64) []byte {
	switch {
	case s.Verb == 'o':
		return s.appendDigits(dst, "", v, 8)
	case s.Verb == 'x' && s.Alt && v != 0:
		return s.appendDigits(dst, "0x", v, 16)
	case s.Verb == 'X' && s.Alt && v != 0:
		return s.appendDigits(dst, "0X", v, 16)
	case s.Verb == 'x' || s.Verb == 'X':
		return s.appendDigits(dst, "", v, 16)
	}
	return s.appendDigits(dst, "", v, 10)
}

func (s *Spec) appendDigits(dst []byte, prefix string, v uint64, base int) []byte {
	start := len(dst)
	dst = append(dst, prefix...)
	digits := len(dst)
	if v != 0 || s.Precision != 0 {
		dst = strconv.AppendUint(dst, v, base)
	}
	if s.Verb == 'X' {
		upper(dst[digits:])
	}
	least := s.Precision
	if s.Verb == 'o' && s.Alt && (len(dst) == digits || dst[digits] != '0') {
		least = max(least, len(dst)-digits+1)
	}
	dst = insert(dst, digits, least-(len(dst)-digits), '0')
	return s.justify(dst, start, digits, s.Zero && s.Precision < 0)
}

func upper(text []byte) {
	for i, c := range text {
		if c-'a' <= 'z'-'a' {
			text[i] = c - ('a' - 'A')
		}
	}
}
