package repl

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPasteFilter(t *testing.T) {
	for in, want := range map[string]string{
		"x\t\r\x03":                                  "x\t\r\x03",
		"\x1b[A\x1b[2~":                              "\x1b[A\x1b[2~",
		"a\x1b[200~f(\n\tb\n)\n\x1b[201~\r":          "a<f(\n\tb\n)>\r",
		"\x1b[200~a\r\nb\rc\n\nd\r\n\x1b[201~":       "<a\nb\nc\n\nd>",
		"\x1b[200~\x1b[200~\x03é\x7f\x1b[201~\t":     "<[200~é>\t",
		"\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~": "<one><two>",
		"\x1b[20":                    "\x1b[20",
		"kept\x1b[200~never ended\n": "kept",
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(in), "byte by byte": iotest.OneByteReader(strings.NewReader(in))} {
			f := &pasteFilter{in: r}
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

func TestPasteFilterPassesErrors(t *testing.T) {
	f := &pasteFilter{in: iotest.ErrReader(io.ErrUnexpectedEOF)}
	if _, err := f.Read(make([]byte, 8)); err != io.ErrUnexpectedEOF {
		t.Errorf("got %v", err)
	}
}
