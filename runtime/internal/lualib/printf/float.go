package printf

import (
	"bytes"
	"math"
	"strconv"
)

// AppendFloat formats a floating-point number (%e, %E, %f, %F, %g, %G).
func (s *Spec) AppendFloat(dst []byte, v float64) []byte {
	start := len(dst)
	dst = append(dst, s.sign(math.Signbit(v) && v == v)...)
	digits := len(dst)
	finite := false
	switch {
	case v != v:
		dst = append(dst, "nan"...)
	case math.IsInf(v, 0):
		dst = append(dst, "inf"...)
	default:
		finite = true
		dst = s.appendDecimal(dst, math.Abs(v))
		if s.Alt {
			dst = ensurePoint(dst, digits)
		}
	}
	if s.Verb < 'a' {
		upper(dst[digits:])
	}
	return s.justify(dst, start, digits, s.Zero && finite)
}

// appendDecimal appends a number that is neither negative nor infinite.
func (s *Spec) appendDecimal(dst []byte, v float64) []byte {
	precision := s.Precision
	if precision < 0 {
		precision = 6
	}
	switch verb := s.Verb | 0x20; {
	case verb != 'g':
		return strconv.AppendFloat(dst, v, verb, precision, 64)
	case s.Alt:
		return appendFullG(dst, v, max(precision, 1))
	}
	return strconv.AppendFloat(dst, v, 'g', max(precision, 1), 64)
}

// appendFullG is %#g: with trailing zeros, as %e or %f as the exponent decides.
func appendFullG(dst []byte, v float64, precision int) []byte {
	scientific := strconv.AppendFloat(nil, v, 'e', precision-1, 64)
	exponent, _ := strconv.Atoi(string(scientific[bytes.IndexByte(scientific, 'e')+1:]))
	if exponent < -4 || exponent >= precision {
		return append(dst, scientific...)
	}
	return strconv.AppendFloat(dst, v, 'f', precision-1-exponent, 64)
}

// ensurePoint puts a point after the digits from start on, before an exponent,
// unless there is one.
func ensurePoint(dst []byte, start int) []byte {
	number := dst[start:]
	if bytes.IndexByte(number, '.') >= 0 {
		return dst
	}
	at := bytes.IndexByte(number, 'e')
	if at < 0 {
		at = len(number)
	}
	return insert(dst, start+at, 1, '.')
}
