package lazyregexp

import "testing"

func TestNewIsLate(t *testing.T) {
	inTest = false
	defer func() { inTest = true }()
	wrong := New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression matched")
		}
	}()
	wrong.MatchString("")
}

func TestMistakesAreSeenInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression was taken")
		}
	}()
	New(`(`)
}
