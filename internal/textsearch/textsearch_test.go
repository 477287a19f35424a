package textsearch

import (
	"strings"
	"testing"
)

func nothing(int) {}

func TestIndex(t *testing.T) {
	long := strings.Repeat("ab", longPart)
	for name, test := range map[string]struct{ text, part string }{
		"nothing in nothing":        {"", ""},
		"nothing":                   {"abc", ""},
		"in nothing":                {"", "a"},
		"the whole":                 {"abc", "abc"},
		"the end":                   {"abc", "bc"},
		"longer":                    {"abc", "abcd"},
		"across pieces":             {strings.Repeat("x", piece-1) + "abc", "abc"},
		"before a piece":            {strings.Repeat("x", piece-3) + "abc", "abc"},
		"behind a piece":            {strings.Repeat("x", piece) + "abc", "abc"},
		"in no piece":               {strings.Repeat("x", 3*piece), "abc"},
		"a long one, all":           {long, long},
		"a long one, at the end":    {strings.Repeat("x", 2*piece+7) + long, long},
		"a long one, in the middle": {strings.Repeat("ab", 7) + "a" + long + "x", long + "x"},
		"a long one, nowhere":       {strings.Repeat("ab", 3*longPart), long + "x"},
		"a longer one":              {long, long + "x"},
		"almost":                    {strings.Repeat("a", 5*piece), strings.Repeat("a", 2*piece) + "b"},
	} {
		if got, want := Index(test.text, test.part, nothing), strings.Index(test.text, test.part); got != want {
			t.Errorf("%s: at %d, want %d", name, got, want)
		}
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("abcab", "ca", uint16(3))
	f.Fuzz(func(t *testing.T, text, part string, times uint16) {
		text += strings.Repeat(part, int(times)%100) + part
		part = strings.Repeat(part, int(times)%150)
		if got, want := Index(text, part, nothing), strings.Index(text, part); got != want {
			t.Errorf("at %d, want %d", got, want)
		}
		if got, want := rolling(text, part+"x", nothing), strings.Index(text, part+"x"); got != want {
			t.Errorf("rolling, at %d, want %d", got, want)
		}
	})
}

// Whoever stops it waits for one piece, and for each byte it tells of about two.
func TestIndexTellsOfItsWork(t *testing.T) {
	text := strings.Repeat("a", 1<<20)
	for name, part := range map[string]string{"short": "aab", "long": strings.Repeat("a", 1<<19) + "b"} {
		total, most := 0, 0
		if Index(text, part, func(bytes int) { total += bytes; most = max(most, bytes) }) >= 0 {
			t.Errorf("%s: found", name)
		}
		if total < len(text) || total > 2*len(text) || most > piece+longPart {
			t.Errorf("%s: told of %d bytes, of %d at once", name, total, most)
		}
	}
}
