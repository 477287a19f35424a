package printf

import (
	"bytes"
	"math"
	"strconv"
)

// AppendFloat formats a floating-point number (%e, %E, %f, %F, %g, %G).
func (s *Spec) AppendFloat(dst []byte, v float64) []byte {
	prefix := s.sign(math.Signbit(v) && v == v)
	var number [512]byte // 309 digits before the point, 99 after
	digits := number[:0]
	finite := false
	switch {
	case v != v:
		digits = append(digits, "nan"...)
	case math.IsInf(v, 0):
		digits = append(digits, "inf"...)
	default:
		finite = true
		digits = s.appendDecimal(digits, math.Abs(v))
	}
	if s.Verb < 'a' {
		upper(digits)
	}
	return s.padNumber(dst, prefix, digits, s.Zero && finite)
}

// appendDecimal appends a number that is neither negative nor infinite.
func (s *Spec) appendDecimal(dst []byte, v float64) []byte {
	precision := s.Precision
	if precision < 0 {
		precision = 6
	}
	switch s.Verb | 0x20 {
	case 'f':
		dst = strconv.AppendFloat(dst, v, 'f', precision, 64)
	case 'e':
		dst = strconv.AppendFloat(dst, v, 'e', precision, 64)
	default:
		if !s.Alt {
			return appendShortG(dst, v, max(precision, 1))
		}
		dst = appendFullG(dst, v, max(precision, 1))
	}
	if s.Alt && !bytes.ContainsRune(dst, '.') {
		dst = insertPoint(dst)
	}
	return dst
}

// appendShortG is %g: without trailing zeros.
func appendShortG(dst []byte, v float64, precision int) []byte {
	return strconv.AppendFloat(dst, v, 'g', precision, 64)
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

// insertPoint puts a point after the digits, before an exponent.
func insertPoint(number []byte) []byte {
	at := bytes.IndexByte(number, 'e')
	if at < 0 {
		return append(number, '.')
	}
	number = append(number, 0)
	copy(number[at+1:], number[at:])
	number[at] = '.'
	return number
}
