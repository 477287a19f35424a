package stdlib

import (
	"strings"
	"testing"
)

func TestMostKeys(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"a: 1\nb: 2\n# c: 3\n\nc: 3\n", 3},
		{"a:\n  b: 1\n  c: 2\nd:\n  e: 1\n", 2},
		{"a:\n  b: 1\n  c: 2\n  d: 3\ne: 1\n", 3},
		{"- a: 1\n  b: 2\n- a: 1\n  b: 2\n- a: 1\n", 2},
		{"a:\n- b: 1\n  c: 1\n  d: 1\n- b: 2\n", 3},
		{"- - a: 1\n    b: 1\n  - a: 1\n", 2},
		{"a: |\n  b: 1\n  c: 1\n\n  d: 1\ne: >-\n  f: 1\n  g: 1\nh: 1\n", 3},
		{"a: {b: 1,\n  c: 1,\n  d: 1\n}\ne: 1\n", 2},
		{"a: {b: 1,\nc: 1,\nd: 1}\ne: 1\n", 4}, // too many rather than too few
		{"a: \"b\n  c: d: \\\"\n  e: f\"\ng: 1\n", 2},
		{"'a': 'it''s [b'\n\"c\": 2\n", 2},
		{"a: & [\n  b: 1\n  ]\nc: 1", 2},
		// What only looks as if it hid the rest.
		{"a: \"[\"\nb: 1\nc: 1\n", 3},
		{"a: x [\nb: 1\nc: 1\n", 3},
		{"a: x # [ ' |\nb: 1\nc: 1\n", 3},
		{"a: x\n  'y\nb: 1\nc: 1\n", 3},
		{"a: x\n  [y\nb: 1\nc: 1\n", 3},
		{"a: # |\n  b: 1\n  c: 1\n  d: 1\n", 3},
		{"a: [!t,[b]]\nc: 1\nd: 1\n", 3},
		{"a: x |\n  b: 1\n  c: 1\n  d: 1\n", 3},
		{"a: - [\nb: 1\nc: 1\n", 3},
		{strings.Repeat("x: http://example.org:80/\n", 7), 7},
	} {
		if got := mostKeys(test.text); got != test.want {
			t.Errorf("%q has %d, want %d", test.text, got, test.want)
		}
	}
}
