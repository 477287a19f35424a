package compile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzChunk compiles anything: the answer is sound code or an *Error.
func FuzzChunk(f *testing.F) {
	files, _ := filepath.Glob("../testdata/corpus/*.lua")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	for _, src := range wrong {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, session := range []bool{false, true} {
			p, err := Chunk("fuzz", src, Options{Session: session, Concat: goFunction(), Modulo: goFunction(), Record: goFunction()})
			if err == nil {
				verify(t, p)
				continue
			}
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Message == "" {
				t.Errorf("error %#v", err)
			}
		}
	})
}
