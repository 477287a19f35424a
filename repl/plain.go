package repl

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// Plain reads the lines of a person whose terminal does nothing but print (TERM=dumb),
// or does not show the output. It writes prompts to out; what is on interrupted, which
// a Ctrl-C puts there, gives a line up.
func Plain(in io.Reader, out io.Writer, interrupted <-chan os.Signal) Lines {
	return &plain{piped: piped{in: bufio.NewReader(in)}, out: out, interrupted: interrupted, typed: make(chan typedLine)}
}

type plain struct {
	piped
	out         io.Writer
	interrupted <-chan os.Signal
	reading     bool // also after a Ctrl-C, which the system does not tell a reader of
	typed       chan typedLine
}

type typedLine struct {
	text string
	err  error
}

func (p *plain) Line(prompt string) (string, error) {
	fmt.Fprint(p.out, prompt)
	if !p.reading {
		p.reading = true
		go func() {
			text, err := p.piped.Line(prompt)
			p.typed <- typedLine{text, err}
		}()
	}
	select {
	case line := <-p.typed:
		p.reading = false
		if line.err != nil {
			fmt.Fprintln(p.out) // the prompt's line goes on
		}
		return line.text, line.err
	case <-p.interrupted:
		fmt.Fprintln(p.out)
		return "", ErrInterrupt
	}
}
