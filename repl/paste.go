package repl

import (
	"bytes"
	"io"
	"sync"
)

// Terminals that know bracketed paste, and almost all do, put these around what
// is pasted, once they are asked to.
const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	askPaste   = "\x1b[?2004h"
	unaskPaste = "\x1b[?2004l"
)

// A pasteFilter stands between the keyboard and the library's editor, which
// knows nothing of pasting: it would evaluate each pasted line on its own, take a
// tab for the wish to complete, and draw the line anew for each character. A pasted
// text is set aside, and pasteMark stands for it. Control characters in it, and line
// ends that end it, are dropped. All else passes as it is.
type pasteFilter struct {
	in      io.Reader
	ready   []byte // not yet read
	held    []byte // may be the beginning of a bracket
	pasting bool
	text    []byte // pasted so far
	buf     [256]byte

	mu    sync.Mutex
	texts []string // whose marks are on their way
}

// next is the text that the next mark stands for.
func (f *pasteFilter) next() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.texts) == 0 {
		return "" // somebody has typed the mark
	}
	text := f.texts[0]
	f.texts = f.texts[1:]
	return text
}

// Read implements io.Reader.
func (f *pasteFilter) Read(p []byte) (int, error) {
	for len(f.ready) == 0 {
		n, err := f.in.Read(f.buf[:])
		for _, c := range f.buf[:n] {
			f.take(c)
		}
		if err != nil && len(f.ready) == 0 {
			f.ready, f.held = f.held, nil
			if len(f.ready) == 0 {
				return 0, err
			}
		}
	}
	n := copy(p, f.ready)
	f.ready = f.ready[n:]
	return n, nil
}

// take looks for the bracket that would matter now.
func (f *pasteFilter) take(c byte) {
	bracket := pasteBegin
	if f.pasting {
		bracket = pasteEnd
	}
	f.held = append(f.held, c)
	for !bytes.HasPrefix([]byte(bracket), f.held) {
		f.pass(f.held[0])
		if f.held = f.held[1:]; len(f.held) == 0 {
			return
		}
	}
	if len(f.held) < len(bracket) {
		return
	}
	f.held = nil
	if f.pasting = !f.pasting; !f.pasting {
		f.mu.Lock()
		f.texts = append(f.texts, pasted(f.text))
		f.mu.Unlock()
		f.text = nil
		f.ready = append(f.ready, string(pasteMark)...)
	}
}

func (f *pasteFilter) pass(c byte) {
	if f.pasting {
		f.text = append(f.text, c)
	} else {
		f.ready = append(f.ready, c)
	}
}

// pasted is a pasted text as it gets into an entry.
func pasted(text []byte) string {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	text = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	return string(bytes.TrimRight(text, "\n"))
}
