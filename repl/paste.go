package repl

import (
	"bytes"
	"io"
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
// knows nothing of pasting: it would evaluate each pasted line on its own and
// take a tab for the wish to complete. Pasted line ends and tabs become marks;
// other control characters, and line ends that end what is pasted, are dropped.
// All else passes as it is.
type pasteFilter struct {
	in      io.Reader
	ready   []byte // translated, not yet read
	held    []byte // may be the beginning of a bracket
	ends    int    // pasted line ends that nothing follows yet
	pasting bool
	cr      bool // the last pasted byte was a carriage return
	buf     [256]byte
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
	if len(f.held) == len(bracket) {
		f.held, f.ends, f.cr = nil, 0, false
		f.pasting = !f.pasting
	}
}

func (f *pasteFilter) pass(c byte) {
	if !f.pasting {
		f.ready = append(f.ready, c)
		return
	}
	wasCR := f.cr
	f.cr = c == '\r'
	switch {
	case c == '\n' && wasCR: // the second half of a line end
	case c == '\n' || c == '\r':
		f.ends++
	case c != '\t' && (c < ' ' || c == 0x7f):
	default:
		for ; f.ends > 0; f.ends-- {
			f.ready = append(f.ready, string(lineEndMark)...)
		}
		if c == '\t' {
			f.ready = append(f.ready, string(tabMark)...)
		} else {
			f.ready = append(f.ready, c)
		}
	}
}
