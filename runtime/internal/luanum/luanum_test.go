package luanum

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		f    float64
		want string
	}{
		{0, "0"}, {math.Copysign(0, -1), "-0"}, {1, "1"}, {-1, "-1"}, {0.1, "0.1"}, {0.1 + 0.2, "0.3"},
		{99999999999999, "99999999999999"}, {1e14, "1e+14"}, {-99999999999999, "-99999999999999"},
		{1 << 53, "9.007199254741e+15"}, {1e100, "1e+100"}, {1e-5, "1e-05"}, {0.0001, "0.0001"},
		{123456.789, "123456.789"}, {math.MaxFloat64, "1.7976931348623e+308"}, {5e-324, "4.9406564584125e-324"},
		{math.Inf(1), "inf"}, {math.Inf(-1), "-inf"}, {math.NaN(), "nan"}, {math.Copysign(math.NaN(), -1), "nan"},
	} {
		if got := Format(tt.f); got != tt.want {
			t.Errorf("%g: got %s, want %s", tt.f, got, tt.want)
		}
		if got := Format(tt.f); len(got) > MaxLength {
			t.Errorf("%s is longer than %d", got, MaxLength)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]float64{
		"1": 1, " 1.5 ": 1.5, "\t\n\v\f\r7": 7, "0x10": 16, "-0x10": -16, "0XfF": 255, "1e2": 100, "1E-2": 0.01, "010": 10,
		"+5": 5, ".5": 0.5, "5.": 5, "1e400": math.Inf(1), "-1e400": math.Inf(-1), "1e-400": 0, "0x1p4": 16, "0x.8": 0.5,
		"0x1fffffffffffff": 1<<53 - 1, "0x10000000000000000": 1 << 64, "123456789012345678": 123456789012345678,
	} {
		if got, ok := Parse(text); !ok || got != want {
			t.Errorf("%q: got %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", " ", "x", "1_0", "0b1", "0o7", "inf", "nan", "1 2", "--1", "+-1", "0x", "0xg", "1e", "1e+", "0x1p", "1,5", ".", "-", "1\x00"} {
		if got, ok := Parse(text); ok {
			t.Errorf("%q: got %v, want no number", text, got)
		}
	}
}

func FuzzNumbersComeBack(f *testing.F) {
	f.Add(0.1)
	f.Add(1e300)
	f.Fuzz(func(t *testing.T, n float64) {
		text := Format(n)
		back, ok := Parse(text)
		if math.IsInf(n, 0) || n != n {
			if ok {
				t.Errorf("%s is a number", text)
			}
			return
		}
		if !ok || math.Abs(back-n) > math.Abs(n)*1e-13+5e-324 && !math.IsInf(back, 0) {
			t.Errorf("%g was shown as %s and came back as %g, %v", n, text, back, ok)
		}
	})
}

// FuzzParse checks that what strconv accepts as a plain decimal is read as
// strconv reads it, and that nothing panics.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1", "0x1p4", "1_0", "inf", ".", "1e", " 1 ", "0x.p", "-0x", "1e999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Parse(s)
		want, err := strconv.ParseFloat(s, 64)
		if err == nil && !strings.ContainsAny(s, "_xXnN") {
			if !ok || got != want {
				t.Errorf("%q: got %g, %v, want %g", s, got, ok, want)
			}
		}
		if ok && strings.ContainsAny(s, "_nN") {
			t.Errorf("%q is %g", s, got)
		}
	})
}

func TestLongTextsAreNotNumbers(t *testing.T) {
	for _, s := range []string{strings.Repeat("1", maxNumeral+1), strings.Repeat(" ", maxNumeral) + "1"} {
		if n, ok := Parse(s); ok {
			t.Errorf("%d characters are %g", len(s), n)
		}
		if n, ok := ParseInteger(s, 16); ok {
			t.Errorf("%d characters are %g", len(s), n)
		}
	}
	if _, ok := Parse(strings.Repeat("1", maxNumeral)); !ok {
		t.Errorf("%d digits are not a number", maxNumeral)
	}
}

func TestFormatExact(t *testing.T) {
	for f, want := range map[float64]string{
		0: "0", -3: "-3", 1.5: "1.5", 123456789012345: "123456789012345", MaxWhole: "9007199254740992",
		-MaxWhole: "-9007199254740992", 2 * MaxWhole: "1.8014398509482e+16", math.Inf(1): "inf",
	} {
		if got := FormatExact(f); got != want {
			t.Errorf("%v is written %s, want %s", f, got, want)
		}
	}
}
