package printf

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// format formats one value as the conversion's verb asks.
func format(t testing.TB, conversion string, value any) string {
	spec, n, err := Parse(conversion)
	if err != nil || n != len(conversion) {
		t.Fatalf("%%%s: parsed %d characters, error %v", conversion, n, err)
	}
	switch v := value.(type) {
	case string:
		return string(spec.AppendString(nil, v))
	case byte:
		return string(spec.AppendByte(nil, v))
	case int:
		if spec.Verb == 'd' || spec.Verb == 'i' {
			return string(spec.AppendInt(nil, int64(v)))
		}
		return string(spec.AppendUint(nil, uint64(v)))
	default:
		return string(spec.AppendFloat(nil, value.(float64)))
	}
}

// TestFormat has the cases that Go's own formatting would get differently; what
// C prints for many others is compared in the package lualib.
func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		conversion string
		value      any
		want       string
	}{
		{"d", math.MinInt, "-9223372036854775808"},
		{"5.3d", 7, "  007"},
		{"05.3d", 7, "  007"},
		{"-5.3d", 7, "007  "},
		{".0d", 0, ""},
		{"+.0d", 0, "+"},
		{"#.0o", 0, "0"},
		{"#.3o", 8, "010"},
		{"#x", 0, "0"},
		{"#010x", 255, "0x000000ff"},
		{"#10X", 255, "      0XFF"},
		{"x", -1, "ffffffffffffffff"},
		{"99d", 1, strings.Repeat(" ", 98) + "1"},
		{".99d", 1, strings.Repeat("0", 98) + "1"},
		{"f", math.Inf(1), "inf"},
		{"010f", math.Inf(-1), "      -inf"},
		{"E", math.NaN(), "NAN"},
		{"f", math.Copysign(math.NaN(), -1), "nan"},
		{"+g", math.Copysign(0, -1), "-0"},
		{"#g", 1.0, "1.00000"},
		{"#.0f", 2.0, "2."},
		{"#.0e", 2.0, "2.e+00"},
		{"#.0g", 2.0, "2."},
		{"#G", 1e-10, "1.00000E-10"},
		{".0g", 1234.0, "1e+03"},
		{"g", 100000.0, "100000"},
		{"g", 1e6, "1e+06"},
		{"5s", "ä", "   ä"},
		{".1s", "äb", "\xc3"},
		{"-4s", "ab", "ab  "},
		{"3c", byte(0), "  \x00"},
		{"-3c", byte('x'), "x  "},
	} {
		if got := format(t, tt.conversion, tt.value); got != tt.want {
			t.Errorf("%%%s of %v: got %q, want %q", tt.conversion, tt.value, got, tt.want)
		}
	}
}

func TestLongestNumber(t *testing.T) {
	got := format(t, "99.99f", -math.MaxFloat64)
	if want := fmt.Sprintf("%.99f", -math.MaxFloat64); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text   string
		want   Spec
		length int
		err    error
	}{
		{"d", Spec{Precision: -1, Verb: 'd'}, 1, nil},
		{"-+ #0d", Spec{Minus: true, Plus: true, Space: true, Alt: true, Zero: true, Precision: -1, Verb: 'd'}, 6, nil},
		{"12.34fx", Spec{Width: 12, Precision: 34, Verb: 'f'}, 6, nil},
		{".s", Spec{Precision: 0, Verb: 's'}, 2, nil},
		{"", Spec{Precision: -1}, 0, nil},
		{"5", Spec{Width: 5, Precision: -1}, 1, nil},
		{"5.", Spec{Width: 5, Precision: 0}, 2, nil},
		{"%", Spec{Precision: -1, Verb: '%'}, 1, nil},
		{"------d", Spec{Minus: true, Precision: -1}, 6, ErrFlags},
		{"123d", Spec{Width: 12, Precision: -1}, 2, ErrWidth},
		{".123d", Spec{Precision: 12}, 3, ErrWidth},
	} {
		got, length, err := Parse(tt.text)
		if got != tt.want || length != tt.length || err != tt.err {
			t.Errorf("%q: got %+v, %d, %v", tt.text, got, length, err)
		}
	}
}

// FuzzAgainstGo compares with fmt where both follow C.
func FuzzAgainstGo(f *testing.F) {
	f.Add("+8.3", 1.5, uint8(0))
	f.Add("-", 255.0, uint8(3))
	f.Fuzz(func(t *testing.T, flags string, value float64, verb uint8) {
		conversion := strings.Trim(flags, "#") + string("fegd"[verb%4])
		spec, n, err := Parse(conversion)
		if err != nil || n != len(conversion) || spec.Alt || spec.Minus && spec.Zero || math.IsInf(value, 0) || value != value {
			return
		}
		if spec.Verb == 'd' {
			if spec.Precision >= 0 || math.Abs(value) > 1<<53 {
				return
			}
			if got, want := string(spec.AppendInt(nil, int64(value))), fmt.Sprintf("%"+conversion, int64(value)); got != want {
				t.Errorf("%%%s of %d: got %q, want %q", conversion, int64(value), got, want)
			}
			return
		}
		if spec.Verb == 'g' && spec.Precision < 0 {
			conversion = strings.TrimSuffix(conversion, "g") + ".6g"
		}
		if got, want := string(spec.AppendFloat(nil, value)), fmt.Sprintf("%"+conversion, value); got != want {
			t.Errorf("%%%s of %g: got %q, want %q", conversion, value, got, want)
		}
	})
}
