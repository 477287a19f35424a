package stdlib

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

// randomValue is a value of tables, texts and numbers.
func randomValue(r *rand.Rand, texts []string, depth int) any {
	switch n := r.IntN(6); {
	case depth > 0 && n < 2:
		list := []any{}
		for range r.IntN(6) {
			list = append(list, randomValue(r, texts, depth-1))
		}
		return list
	case depth > 0 && n < 4:
		m := map[string]any{}
		for range r.IntN(6) {
			m[strings.ReplaceAll(texts[r.IntN(len(texts))], "\n", "-")+fmt.Sprint(r.IntN(12))] = randomValue(r, texts, depth-1)
		}
		return m
	case n == 4:
		return int64(r.IntN(100))
	}
	return texts[r.IntN(len(texts))]
}

func TestYAMLInPiecesIsAsAtOnce(t *testing.T) {
	texts := []string{"web", "", "a: b", "- a", "true", " lead", "#x", "'", `"`, "é", "[a]", "&a", "10", "~"}
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 3000 {
		v := randomValue(r, texts, 4)
		want, err := yaml.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		pieces := 0
		w := yamlWriter{piece: int64(1 + n%20), next: func() { pieces++ }}
		if err := w.value(v, ""); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), w.out.String()); diff != "" {
			t.Fatalf("in %d pieces (-at once +in pieces):\n%s", pieces, diff)
		}
	}
}

// Texts of several lines keep what they say; how many blanks an empty line has may differ.
func TestYAMLTextsInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 1000 {
		v := randomValue(r, []string{"one\ntwo\n", "one\ntwo", "one\n\n\ntwo\n", "a\n  b\n", "x"}, 4)
		w := yamlWriter{piece: int64(1 + n%20), next: func() {}}
		if err := w.value(v, ""); err != nil {
			t.Fatal(err)
		}
		once, _ := yaml.Marshal(v)
		var want, got any
		if yaml.Unmarshal(once, &want) != nil {
			continue // the library cannot read what it wrote
		}
		if err := yaml.Unmarshal([]byte(w.out.String()), &got); err != nil {
			t.Fatalf("%v\n%s", err, w.out.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-at once +in pieces):\n%s", diff)
		}
	}
}

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
