package vm

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// formatNumber is a number as C Lua 5.1 prints it, with printf's "%.14g".
func formatNumber(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e14 {
		if n == 0 && math.Signbit(n) {
			return "-0"
		}
		return strconv.FormatInt(int64(n), 10)
	}
	switch {
	case math.IsNaN(n): // C writes a sign that depends on the machine
		return "nan"
	case math.IsInf(n, 1):
		return "inf"
	case math.IsInf(n, -1):
		return "-inf"
	}
	return string(appendG14(nil, n))
}

// appendG14 is "%.14g" for a finite number: the shorter of the plain and the
// exponent form with 14 digits, without trailing zeros.
func appendG14(b []byte, n float64) []byte {
	var digits [32]byte
	e := strconv.AppendFloat(digits[:0], n, 'e', 13, 64) // d.ddddde±xx
	mark := len(e) - 1
	for e[mark] != 'e' {
		mark--
	}
	exp, _ := strconv.Atoi(string(e[mark+1:]))
	if exp >= -4 && exp < 14 {
		return trimZeros(strconv.AppendFloat(b, n, 'f', 13-exp, 64))
	}
	b = append(b, trimZeros(e[:mark])...)
	return append(b, e[mark:]...)
}

func trimZeros(b []byte) []byte {
	point := false
	for _, c := range b {
		point = point || c == '.'
	}
	if !point {
		return b
	}
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	return b
}

// parseNumber reads a number as C Lua's tonumber does: spaces around, a sign,
// decimal with exponent or hexadecimal.
func parseNumber(s string) (float64, bool) {
	s = strings.Trim(s, " \t\n\v\f\r")
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" {
		return 0, false
	}
	hex := len(digits) > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')
	switch {
	case hex && strings.Trim(digits[2:], "0123456789abcdefABCDEF") == "":
		s += "p0"
	case hex || strings.Trim(digits, "0123456789.eE+-") != "":
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil || errors.Is(err, strconv.ErrRange)
}
