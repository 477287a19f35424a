package decimal

import "testing"

func TestCompare(t *testing.T) {
	ascending := []string{"-1e400", "-12345678901234567891", "-12345678901234567890", "-9", "0", "7", "9007199254740992", "9007199254740993",
		"12345678901234567890", "1e300", "+Inf"}
	for i, a := range ascending {
		for j, b := range ascending {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			if got := Compare(a, b); got != want {
				t.Errorf("%s and %s: %d, want %d", a, b, got, want)
			}
		}
	}
	if Compare("1.5", "1.50") != 0 {
		t.Error("1.5 is not 1.50")
	}
}
