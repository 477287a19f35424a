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
		"a\x1b[200~f(\n\tb\n)\n\x1b[201~\r":          "a" + marked("f(\n\tb\n)") + "\r",
		"\x1b[200~a\r\nb\rc\n\nd\r\n\x1b[201~":       marked("a\nb\nc\n\nd"),
		"\x1b[200~\x1b[200~\x03é\x7f\x1b[201~\t":     "[200~é\t",
		"\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~": "onetwo",
		"\x1b[20":            "\x1b[20",
		"\x1b[200~unended\n": "unended",
	} {
		whole, err := io.ReadAll(&pasteFilter{in: strings.NewReader(in)})
		if err != nil || string(whole) != want {
			t.Errorf("%q: got %q (%v), want %q", in, whole, err, want)
		}
		single, err := io.ReadAll(&pasteFilter{in: iotest.OneByteReader(strings.NewReader(in))})
		if err != nil || string(single) != want {
			t.Errorf("%q byte by byte: got %q (%v), want %q", in, single, err, want)
		}
	}
}

func TestPasteFilterPassesErrors(t *testing.T) {
	f := &pasteFilter{in: iotest.ErrReader(io.ErrUnexpectedEOF)}
	if _, err := f.Read(make([]byte, 8)); err != io.ErrUnexpectedEOF {
		t.Errorf("got %v", err)
	}
}
