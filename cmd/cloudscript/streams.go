package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// streams are what a command reads and writes. Tests make their own.
type streams struct {
	in       io.Reader
	out, err io.Writer

	inTerminal, outTerminal, errTerminal bool

	// json is set by a command whose output, errors included, is JSON.
	json bool

	getenv func(string) string

	progress *progressDisplay // nil in tests
}

func systemStreams() *streams {
	s := &streams{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		getenv:      os.Getenv,
	}
	s.progress = newProgressDisplay(os.Stderr, nil)
	if s.errTerminal && s.getenv("TERM") != "dumb" {
		s.progress = newProgressDisplay(os.Stderr, s.width)
		s.err = s.progress.around(s.err)
		if s.outTerminal {
			s.out = s.progress.around(s.out)
		}
	}
	return s
}

// width is the terminal's width in columns, 80 where there is none.
func (s *streams) width() int {
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return 80
}

// showWidth is how wide tables may get that a script shows: what goes to a file
// or a pipe is not cut.
func (s *streams) showWidth() int {
	if !s.outTerminal {
		return 0
	}
	return s.width()
}

// showProgress shows progress until it is hidden, while an entry of the prompt runs.
func (s *streams) showProgress() (hide func()) {
	if s.progress == nil {
		return func() {}
	}
	s.progress.resume()
	return s.progress.pause
}

// endProgress takes the progress line away.
func (s *streams) endProgress() {
	if s.progress != nil {
		s.progress.end()
	}
}

// color reports whether messages may be coloured.
func (s *streams) color() bool {
	return s.errTerminal && !s.json && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb"
}
