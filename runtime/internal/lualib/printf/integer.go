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
	var number [64]byte
	digits := strconv.AppendUint(number[:0], v, base)
	if s.Verb == 'X' {
		upper(digits)
	}
	if v == 0 && s.Precision == 0 {
		digits = digits[:0]
	}
	least := s.Precision
	if s.Verb == 'o' && s.Alt && (len(digits) == 0 || digits[0] != '0') {
		least = max(least, len(digits)+1)
	}
	var padded [128]byte
	if least > len(digits) {
		text := padded[:least]
		for i := range text {
			text[i] = '0'
		}
		copy(text[least-len(digits):], digits)
		digits = text
	}
	return s.padNumber(dst, prefix, digits, s.Zero && s.Precision < 0)
}

func upper(text []byte) {
	for i, c := range text {
		if c-'a' <= 'z'-'a' {
			text[i] = c - ('a' - 'A')
		}
	}
}
