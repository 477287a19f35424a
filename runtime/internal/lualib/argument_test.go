package lualib

import (
	"math"
	"testing"
)

func TestNumbersBeyondIntegers(t *testing.T) {
	for _, tt := range []struct {
		f    float64
		want int
	}{
		{1.9, 1}, {-1.9, -1}, {math.Inf(1), math.MaxInt}, {math.Inf(-1), math.MinInt}, {1e300, math.MaxInt}, {math.NaN(), 0},
	} {
		if got := toInt(tt.f); got != tt.want {
			t.Errorf("%g: got %d, want %d", tt.f, got, tt.want)
		}
	}
}
