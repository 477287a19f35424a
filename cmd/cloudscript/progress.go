package main

import (
	"io"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/rivo/uniseg"
)

// A statusLine is the last line of a terminal while a call takes long: what it
// waits for. Whatever else is printed takes its place.
type statusLine struct {
	mu       sync.Mutex
	terminal io.Writer
	width    func() int
	shown    bool
}

// show replaces the line. It is runtime.Config.OnProgress.
func (l *statusLine) show(e runtime.ProgressEvent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = io.WriteString(l.terminal, "\r"+fit(e.Verb+": "+e.Line, l.width()-1)+"\x1b[K")
	l.shown = true
}

// clear takes the line away.
func (l *statusLine) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clearLocked()
}

func (l *statusLine) clearLocked() {
	if l.shown {
		_, _ = io.WriteString(l.terminal, "\r\x1b[K")
		l.shown = false
	}
}

// around is a writer that takes the line away before it writes to w.
func (l *statusLine) around(w io.Writer) io.Writer { return besideStatus{l, w} }

type besideStatus struct {
	line *statusLine
	w    io.Writer
}

func (b besideStatus) Write(p []byte) (int, error) {
	b.line.mu.Lock()
	defer b.line.mu.Unlock()
	b.line.clearLocked()
	return b.w.Write(p)
}

// fit cuts a text to a number of columns, between characters as a person counts
// them.
func fit(text string, columns int) string {
	if uniseg.StringWidth(text) <= columns {
		return text
	}
	var b strings.Builder
	used := 1 // the dots
	clusters := uniseg.NewGraphemes(text)
	for clusters.Next() {
		if used += clusters.Width(); used > columns {
			break
		}
		b.WriteString(clusters.Str())
	}
	return b.String() + "…"
}
