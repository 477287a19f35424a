package main

import "testing"

// lines are lines of code, each given by its number, negative if it did not run.
func lines(numbers ...int) *coveredFile {
	f := &coveredFile{}
	for _, n := range numbers {
		if n < 0 {
			f.lines = append(f.lines, coveredLine{number: -n})
		} else {
			f.lines = append(f.lines, coveredLine{number: n, ran: 3})
		}
	}
	return f
}

func TestMissedLines(t *testing.T) {
	for want, file := range map[string]*coveredFile{
		"":          lines(1, 2),
		"1":         lines(-1, 2),
		"2-9":       lines(1, -2, -5, -9, 10), // 3, 4 and the others have no code
		"1, 3, 5-6": lines(-1, 2, -3, 4, -5, -6),
	} {
		if got := file.missed(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRatio(t *testing.T) {
	for _, test := range []struct {
		ratio   ratio
		percent string
		least   float64
		reached bool
	}{
		{ratio{0, 0}, "100.0%", 1, false}, // nothing ran, whatever it was
		{ratio{0, 3}, "0.0%", 0, true},
		{ratio{2, 3}, "66.6%", 66.6, true},
		{ratio{2, 3}, "66.6%", 66.7, false},
		{ratio{9999, 10000}, "99.9%", 100, false},
		{ratio{7, 7}, "100.0%", 100, true},
	} {
		if got := test.ratio.percent(); got != test.percent {
			t.Errorf("%v is %s, want %s", test.ratio, got, test.percent)
		}
		if got := test.ratio.reaches(test.least); got != test.reached {
			t.Errorf("%v reaches %v%%: %v", test.ratio, test.least, got)
		}
	}
}
