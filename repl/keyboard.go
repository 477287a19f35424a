package repl

import (
	"bytes"
	"io"
	"strings"
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

// A keyboard stands between a terminal's input and the library's editor. What the
// editor does not know of keys is translated, all else passes as it is.
//
// It knows nothing of pasting, either: it would evaluate each pasted line on its own,
// take a tab for the wish to complete, and draw the line anew for each character. A
// pasted text is set aside, and pasteMark stands for it. Control characters in it, and
// line ends that end it, are dropped.
type keyboard struct {
	in      io.Reader
	ready   []byte // not yet read
	held    []byte // may be the beginning of a sequence
	pasting bool
	text    []byte // pasted so far
	buf     [256]byte

	mu    sync.Mutex
	texts []string // whose marks are on their way
}

// next is the text that the next mark stands for.
func (k *keyboard) next() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.texts) == 0 {
		return "" // somebody has typed the mark
	}
	text := k.texts[0]
	k.texts = k.texts[1:]
	return text
}

// Read implements io.Reader.
func (k *keyboard) Read(p []byte) (int, error) {
	for len(k.ready) == 0 {
		n, err := k.in.Read(k.buf[:])
		for _, c := range k.buf[:n] {
			k.take(c)
		}
		if err != nil && len(k.ready) == 0 {
			k.ready, k.held = k.held, nil
			if len(k.ready) == 0 {
				return 0, err
			}
		}
	}
	n := copy(p, k.ready)
	k.ready = k.ready[n:]
	return n, nil
}

// take translates the sequences that matter now, and passes the rest.
func (k *keyboard) take(c byte) {
	k.held = append(k.held, c)
	for !k.mayBeginSequence() {
		k.pass(k.held[0])
		if k.held = k.held[1:]; len(k.held) == 0 {
			return
		}
	}
	switch held := string(k.held); {
	case held == pasteBegin && !k.pasting:
		k.pasting = true
	case held == pasteEnd && k.pasting:
		k.mu.Lock()
		k.texts = append(k.texts, pasted(k.text))
		k.mu.Unlock()
		k.pasting, k.text = false, nil
		k.ready = append(k.ready, string(pasteMark)...)
	case translations[held] != "" && !k.pasting:
		k.ready = append(k.ready, translations[held]...)
	default:
		return // not whole yet
	}
	k.held = nil
}

// mayBeginSequence reports whether what is held begins a sequence, or is one.
func (k *keyboard) mayBeginSequence() bool {
	held := string(k.held)
	if k.pasting {
		return strings.HasPrefix(pasteEnd, held)
	}
	if strings.HasPrefix(pasteBegin, held) {
		return true
	}
	for sequence := range translations {
		if strings.HasPrefix(sequence, held) {
			return true
		}
	}
	return false
}

func (k *keyboard) pass(c byte) {
	if k.pasting {
		k.text = append(k.text, c)
	} else {
		k.ready = append(k.ready, c)
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
