package repl

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestKeyboard(t *testing.T) {
	for in, want := range map[string]string{
		"x\t\r\x03":                                  "x\t\r\x03",
		"\x1b[A\x1b[2~":                              "\x1b[A\x1b[2~",
		"a\x1b[200~f(\n\tb\n)\n\x1b[201~\r":          "a<f(\n\tb\n)>\r",
		"\x1b[200~a\r\nb\rc\n\nd\r\n\x1b[201~":       "<a\nb\nc\n\nd>",
		"\x1b[200~\x1b[200~\x03é\x7f\x1b[201~\t":     "<[200~é>\t",
		"\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~": "<one><two>",
		"\x1b[20": "\x1b[20",
		"\x1b[1~a\x1b[4~\x1b[1;5D\x1bOc\x1b\x1b[C": "\x1b[Ha\x1b[F\x1bb\x1bf\x1bf",
		"\x1b[3~\x1b[3;5~\x1b[1;2D\x1b[15~\x1bx":   string(deleteMark) + "\x1bd\x1b[1;2D\x1b[15~\x1bx",
		"\x1b[200~\x1b[1~\x1b[201~\x1b[1~":         "<[1~>\x1b[H",
		"kept\x1b[200~never ended\n":               "kept",
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(in), "byte by byte": iotest.OneByteReader(strings.NewReader(in))} {
			f := &keyboard{in: r}
			keys, err := io.ReadAll(f)
			got := string(keys)
			for strings.ContainsRune(got, pasteMark) {
				got = strings.Replace(got, string(pasteMark), "<"+f.next()+">", 1)
			}
			if err != nil || got != want {
				t.Errorf("%q %s: got %q (%v), want %q", in, name, got, err, want)
			}
			if extra := f.next(); extra != "" {
				t.Errorf("%q: no mark stands for %q", in, extra)
			}
		}
	}
}

func TestKeyboardPassesErrors(t *testing.T) {
	f := &keyboard{in: iotest.ErrReader(io.ErrUnexpectedEOF)}
	if _, err := f.Read(make([]byte, 8)); err != io.ErrUnexpectedEOF {
		t.Errorf("got %v", err)
	}
}
