package luanum

import (
	"strconv"
	"strings"
)

// maxNumeral is the longest text that can be a number, which bounds the time to
// find out.
const maxNumeral = 4096

// space is what C's isspace accepts.
const space = " \t\n\v\f\r"

// Parse is the number that a text stands for, as tonumber and arithmetic
// on strings understand it: C's strtod with white space around, and hexadecimal.
// Unlike strtod it refuses "inf" and "nan", which may be names, and texts of
// more than 4096 bytes.
func Parse(s string) (float64, bool) {
	if n, ok := parseDigits(s); ok {
		return n, true
	}
	if len(s) > maxNumeral {
		return 0, false
	}
	s = strings.Trim(s, space)
	digits := s
	if digits != "" && (digits[0] == '+' || digits[0] == '-') {
		digits = digits[1:]
	}
	if len(digits) > 1 && digits[0] == '0' && digits[1]|0x20 == 'x' {
		return parseHexadecimal(s, digits[2:])
	}
	if !isNumeral(digits, isDecimal, 'e') {
		return 0, false
	}
	return parseFloat(s)
}

// parseDigits is the fast way for the common case of a few digits.
func parseDigits(s string) (float64, bool) {
	if len(s) == 0 || len(s) > 15 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return float64(n), true
}

func parseHexadecimal(s, digits string) (float64, bool) {
	const exactDigits = 13 // of 4 bits each fit a float64
	if len(digits) <= exactDigits {
		if n, ok := ParseInteger(s, 16); ok {
			return n, true
		}
	}
	if !isNumeral(digits, isHexadecimal, 'p') {
		return 0, false
	}
	if !strings.ContainsAny(digits, "pP") {
		s += "p0" // required by strconv
	}
	return parseFloat(s)
}

// parseFloat converts a text of checked syntax. A number that is too large is
// infinite, as in C.
func parseFloat(s string) (float64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && err.(*strconv.NumError).Err != strconv.ErrRange {
		return 0, false
	}
	return f, true
}

// isNumeral checks digits [. digits] [exponent [sign] decimal digits], with at
// least one digit before the exponent.
func isNumeral(s string, digit func(byte) bool, exponent byte) bool {
	n := countDigits(s, digit)
	s, count := s[n:], n
	if s != "" && s[0] == '.' {
		n = countDigits(s[1:], digit)
		s, count = s[1+n:], count+n
	}
	if count == 0 {
		return false
	}
	if s == "" {
		return true
	}
	if s[0]|0x20 != exponent {
		return false
	}
	if s = s[1:]; s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && countDigits(s, isDecimal) == len(s)
}

func countDigits(s string, digit func(byte) bool) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

func isDecimal(c byte) bool     { return c-'0' <= 9 }
func isHexadecimal(c byte) bool { return isDecimal(c) || (c|0x20)-'a' <= 5 }

// ParseInteger is the whole number that a text stands for in a base from 2 to
// 36, as tonumber(s, base) understands it.
func ParseInteger(s string, base int) (float64, bool) {
	if len(s) > maxNumeral {
		return 0, false
	}
	s = strings.Trim(s, space)
	sign := 1.0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	if base == 16 && len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		s = s[2:]
	}
	if s == "" {
		return 0, false
	}
	n := 0.0
	for i := 0; i < len(s); i++ {
		d := digitValue(s[i])
		if d >= base {
			return 0, false
		}
		n = n*float64(base) + float64(d)
	}
	return sign * n, true
}

func digitValue(c byte) int {
	switch {
	case isDecimal(c):
		return int(c - '0')
	case (c|0x20)-'a' <= 'z'-'a':
		return int(c|0x20-'a') + 10
	}
	return 99
}
