package repl

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// ErrInterrupt says that Ctrl-C ended the line.
var ErrInterrupt = errors.New("interrupted line")

// Lines are where a Prompt reads.
type Lines interface {
	// Line returns the next line without its line end; ErrInterrupt after
	// Ctrl-C; io.EOF at the end or after Ctrl-D. What is pasted is one line with
	// line ends in it.
	Line(prompt string) (string, error)

	// Keep lets a person recall an entry, which may have several lines.
	Keep(entry string)

	// Recall replaces what a person can recall, oldest first.
	Recall(entries []string)
}

// Piped reads lines from in and shows no prompt.
func Piped(in io.Reader) Lines { return &piped{in: bufio.NewReader(in)} }

type piped struct{ in *bufio.Reader }

func (p *piped) Line(string) (string, error) {
	line, err := p.in.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

func (p *piped) Keep(string)     {}
func (p *piped) Recall([]string) {}
