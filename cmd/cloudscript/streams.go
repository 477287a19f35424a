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

	inTerminal, errTerminal bool

	// json is set by a command whose output, errors included, is JSON.
	json bool

	getenv func(string) string
}

func systemStreams() *streams {
	return &streams{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		getenv:      os.Getenv,
	}
}

// color reports whether messages may be coloured.
func (s *streams) color() bool {
	return s.errTerminal && !s.json && s.getenv("NO_COLOR") == "" && s.getenv("TERM") != "dumb"
}
