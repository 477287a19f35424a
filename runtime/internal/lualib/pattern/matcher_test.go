package pattern

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// describe is what Find gives, as text.
func describe(subject, text string, init int) string {
	p, err := Compile(text, Anchor)
	if err != nil {
		return "error: " + err.Error()
	}
	m := &Matcher{}
	m.Reset(subject)
	start, end, err := m.Find(p, init)
	if err != nil {
		return "error: " + err.Error()
	}
	return describeMatch(start, end, m.level, m.captures)
}

func describeMatch(start, end, level int, captures [MaxCaptures]capture) string {
	if start < 0 {
		return "no match"
	}
	return fmt.Sprint(start, end, captures[:level])
}

// describeReference is the same by the reference; ok is false if it took long.
func describeReference(subject, text string, init int) (result string, ok bool) {
	r := &reference{src: subject, pat: text}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case Error:
			result, ok = "error: "+e.Error(), true
		case tooLong:
		default:
			panic(e)
		}
	}()
	start, end := r.find(init)
	return describeMatch(start, end, r.level, r.capture), true
}

func compare(t *testing.T, subject, text string, init int) {
	t.Helper()
	want, ok := describeReference(subject, text, init)
	if !ok {
		return
	}
	if got := describe(subject, text, init); got != want {
		t.Errorf("find(%q, %q, %d)\n\tgot  %s\n\twant %s", subject, text, init+1, got, want)
	}
}

// FuzzFind compares Matcher with the reference.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"", "a", "^a-b$", "(a*)(b)%1", "%bxy", "%f[%w]%w+", "[^]a-c%d-]+", "()", "%", "[a", "a?b?", "(()", ".-", "%z", "[%", "[]]"} {
		f.Add("abab xyz (1)", text, 0)
	}
	f.Fuzz(func(t *testing.T, subject, text string, init int) {
		if len(subject) > 200 || len(text) > 40 || init < 0 || init > len(subject) {
			return
		}
		compare(t, subject, text, init)
	})
}

// TestRandomPatterns does what the fuzzer does with patterns that are likely to
// be well formed.
func TestRandomPatterns(t *testing.T) {
	pieces := []string{"a", "b", "c", ".", "%a", "%d", "%W", "[ab]", "[^a]", "[a-c%d]", "[]x]", "(", ")", "()", "%1", "%2", "%bac", "%f[%w]", "*", "+", "-", "?", "^", "$", "%", "["}
	random := rand.New(rand.NewPCG(7, 8))
	pick := func(from []string, most int) string {
		var b strings.Builder
		for range random.IntN(most) {
			b.WriteString(from[random.IntN(len(from))])
		}
		return b.String()
	}
	for range 30000 {
		subject := pick([]string{"a", "b", "c", "1", " ", "a", "\x00"}, 12)
		compare(t, subject, pick(pieces, 8), random.IntN(len(subject)+1))
	}
}

func TestFuelIsAskedFor(t *testing.T) {
	for _, tt := range []struct {
		name, subject, text string
		least, most         int
	}{
		{"short", "hello", "l+", 0, 0},
		{"linear", strings.Repeat("a", 1<<20), "^a*$", 256, 256},
		{"linear in a set", strings.Repeat("a", 1<<20), "^%a*$", 256, 256},
		{"skipping", strings.Repeat("a", 1<<20), "%d", 256, 256},
		{"searching", strings.Repeat("a", 1<<20), "b", 16, 16},
		{"balance", strings.Repeat("(", 1<<20), "^%b()", 256, 256},
		{"quadratic", strings.Repeat("a", 1000), ".-b", 120, 130},
		{"exponential", strings.Repeat("a", 10), strings.Repeat("a-", 10) + "b", 100, 1000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fuel := 0
			m := &Matcher{Fuel: func() { fuel++ }}
			m.Reset(tt.subject)
			p, err := Compile(tt.text, Anchor)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := m.Find(p, 0); err != nil {
				t.Fatal(err)
			}
			if fuel < tt.least || fuel > tt.most {
				t.Errorf("fuel was asked for %d times", fuel)
			}
			if m.Steps() < 0 || m.Steps() >= Grant {
				t.Errorf("%d steps are left over", m.Steps())
			}
		})
	}
}

func TestFuelStops(t *testing.T) {
	m := &Matcher{Fuel: func() { panic("stop") }}
	m.Reset(strings.Repeat("a", 40))
	p, _ := Compile(strings.Repeat("a-", 40)+"b", Anchor)
	defer func() {
		if r := recover(); r != "stop" {
			t.Errorf("recovered %v", r)
		}
		m.Fuel = nil
		m.Reset("ab")
		if start, end, err := m.Find(p, 0); start != 0 || end != 2 || err != nil {
			t.Errorf("after a stop: %d, %d, %v", start, end, err)
		}
	}()
	m.Find(p, 0)
	t.Error("it was not stopped")
}

func TestFindPlainAcrossWindows(t *testing.T) {
	m := &Matcher{}
	for _, at := range []int{0, 1, stride - 3, stride - 2, stride - 1, stride, stride + 1, 3*stride - 1} {
		subject := strings.Repeat("x", at) + "needle" + strings.Repeat("x", 100)
		m.Reset(subject)
		if got := m.FindPlain("needle", 0); got != at {
			t.Errorf("found at %d instead of %d", got, at)
		}
		if got := m.FindPlain("needle", at+1); got != -1 {
			t.Errorf("found at %d", got)
		}
	}
	m.Reset("")
	if m.FindPlain("", 0) != 0 || m.FindPlain("x", 0) != -1 {
		t.Error("wrong in an empty subject")
	}
}

func TestGmatchTakesCaretLiterally(t *testing.T) {
	p, err := Compile("^a", Literal)
	if err != nil {
		t.Fatal(err)
	}
	m := &Matcher{}
	m.Reset("ba^a")
	if start, end, _ := m.Find(p, 0); start != 2 || end != 4 {
		t.Errorf("found %d, %d", start, end)
	}
}

func TestLimits(t *testing.T) {
	for _, tt := range []struct{ subject, text, want string }{
		{"x", strings.Repeat("a", MaxLength+1), "error: pattern too long"},
		{strings.Repeat("a", 2000), strings.Repeat("a?", 1500), "error: pattern too complex"},
		{"x", strings.Repeat("(", MaxCaptures+1), "error: too many captures"},
		{strings.Repeat("a", 900), strings.Repeat("a?", 900) + "$", "0 900 []"},
	} {
		if got := describe(tt.subject, tt.text, 0); got != tt.want {
			t.Errorf("%.20s…: %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]bool{"abc": true, "a)b]": true, "": false, "a.b": false, "^a": false, "a%": false, "[": false, "a-": false, "(": false} {
		p, err := Compile(text, Anchor)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := p.Plain(); ok != want {
			t.Errorf("%q: %v", text, ok)
		}
	}
}
