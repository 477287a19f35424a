package layout

import (
	"math/rand/v2"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestLongTextsInPiecesAreAsInOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", " ", "é", "e\u0301", "日本", "👨\u200d👩\u200d👧", "\n", "\\", `"`, "\xff", "\x00", "\u202e"}
	for n := range 50 {
		var b strings.Builder
		for b.Len() < 3*pieceBytes {
			b.WriteString(strings.Repeat(parts[random.IntN(len(parts))], 1+random.IntN(150)))
			b.WriteString("plain text")
		}
		s := b.String()
		shown := escape(s) // only that is measured
		if f := (formatter{}); f.escape(s) != shown || f.quoted(s) != quoted(s) || f.width(shown) != width(shown) {
			t.Errorf("text %d is another one in pieces", n)
		}
	}
	if f, s := (formatter{}), strings.Repeat("é", 10*pieceBytes); f.escape(s) != s || f.width(s) != 10*pieceBytes {
		t.Error("a text without ASCII is cut through a character")
	}
}

// However large a value is, and whatever it is made of, work is told of in small parts.
func TestWorkCanBeEnded(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	for _, source := range []string{
		`local t = {} for i = 1, 2e4 do t[i] = {id = i, name = "web"} end return t`,
		`local t = {} for i = 1, 2e4 do t[i] = i end return t`,
		`local t = {} for i = 1, 2e4 do t["k" .. i] = i end return t`,
		`local t = {} for i = 1, 20 do t = {t, t, t, t} end return t`,
		`return {{name = ("é"):rep(1e6)}}`,
		`return {name = ("x"):rep(1e6)}`,
		`return {[("x"):rep(1e6)] = {1}}`,
	} {
		if err := L.DoString(source); err != nil {
			t.Fatal(err)
		}
		v := L.Get(-1)
		L.SetTop(0)
		const enough = 100 << 10
		worked, largest := 0, 0
		o := Options{Width: 80, Text: lua.LValue.String, Work: func(bytes int) {
			worked, largest = worked+bytes, max(largest, bytes)
			if worked > enough {
				panic(enough)
			}
		}}
		func() {
			defer func() {
				if recover() != enough {
					t.Errorf("%s\nwas told of %d bytes only", source, worked)
				}
			}()
			Format(v, o)
		}()
		if largest > 4*pieceBytes {
			t.Errorf("%s\ndid %d bytes at once", source, largest)
		}
	}
}
