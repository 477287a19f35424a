package luanum

import (
	"math"
	"strconv"
)

// Format is a number as tostring shows it: C's "%.14g", with inf, -inf and nan.
// C writes nan with a sign that depends on the machine; here it has none.
func Format(f float64) string {
	var buf [MaxLength]byte
	return string(Append(buf[:0], f))
}

// Append appends [Format] of f to dst.
func Append(dst []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && i > -1e14 && i < 1e14 && (i != 0 || !math.Signbit(f)) {
		return strconv.AppendInt(dst, i, 10)
	}
	switch {
	case f != f:
		return append(dst, "nan"...)
	case math.IsInf(f, 1):
		return append(dst, "inf"...)
	case math.IsInf(f, -1):
		return append(dst, "-inf"...)
	}
	return strconv.AppendFloat(dst, f, 'g', 14, 64)
}

// MaxWhole is the largest whole number up to which every one is exact.
const MaxWhole = 1 << 53

// FormatExact is [Format] but for whole numbers, which have all their digits up to
// [MaxWhole]: an id of 15 digits is no power of ten.
func FormatExact(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) <= MaxWhole {
		return strconv.FormatInt(int64(f), 10)
	}
	return Format(f)
}

// MaxLength bounds the text of any number, in bytes: sign, 14 digits, point,
// e+308, rounded up.
const MaxLength = 24
