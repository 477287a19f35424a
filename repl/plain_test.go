package repl

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

func TestPlainLines(t *testing.T) {
	in, keyboard := io.Pipe()
	var out strings.Builder
	interrupts := make(chan os.Signal)
	lines := Plain(in, &out, interrupts)
	expect := func(text string, err error) {
		t.Helper()
		if got, gotErr := lines.Line("> "); got != text || !errors.Is(gotErr, err) {
			t.Errorf("got %q, %v; want %q, %v", got, gotErr, text, err)
		}
	}
	go keyboard.Write([]byte("one\r\n"))
	expect("one", nil)
	go func() { interrupts <- os.Interrupt }()
	expect("", ErrInterrupt)
	go keyboard.Write([]byte("two\n")) // which the reader gets that was interrupted
	expect("two", nil)
	keyboard.Close()
	expect("", io.EOF)
	if got, want := out.String(), "> > \n> > \n"; got != want {
		t.Errorf("the terminal shows %q, want %q", got, want)
	}
}
