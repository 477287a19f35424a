package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A Prompt is the loop that reads, evaluates and prints.
type Prompt struct {
	Session *runtime.Session
	Lines   Lines
	Out     io.Writer // values
	Err     io.Writer // errors, and what the prompt itself says

	// Name stands before the prompt's sign, to say where calls go.
	Name string

	// Greeting is printed first, "" for none.
	Greeting string

	// Help is the text behind "servers.create?" and "?servers"; ok is false for a
	// name that it does not know. Nil: no help.
	Help func(name string) (text string, ok bool)

	// Color allows colours in errors.
	Color bool

	// Width is the terminal's width in columns; 80 if nil.
	Width func() int

	// Interruptible is called around each evaluation: it returns a context that
	// Ctrl-C ends. Nil: nothing ends an evaluation but the context of Run.
	Interruptible func(ctx context.Context) (context.Context, context.CancelFunc)
}

// chunkName is what positions in errors show.
const chunkName = "prompt"

// Run reads entries until the end of the lines. It returns the error of the last
// entry, nil if that succeeded, so that a program fed through a pipe can fail.
func (p *Prompt) Run(ctx context.Context) error {
	if p.Greeting != "" {
		fmt.Fprintln(p.Err, p.Greeting)
	}
	var last error
	for ctx.Err() == nil {
		entry, err := p.read()
		switch {
		case errors.Is(err, io.EOF):
			return last
		case errors.Is(err, ErrInterrupt):
			continue
		case err != nil:
			return err
		}
		last = p.evaluate(ctx, entry)
	}
	return context.Cause(ctx)
}

// read returns the next entry: as many lines as it takes to be complete.
func (p *Prompt) read() (string, error) {
	prompt, entry := p.Name+"> ", ""
	for {
		line, err := p.Lines.Line(prompt)
		switch {
		case errors.Is(err, ErrInterrupt) && entry == "" && strings.TrimSpace(line) == "":
			fmt.Fprintln(p.Err, "Ctrl-D leaves")
			return "", err
		case errors.Is(err, io.EOF) && entry != "":
			return entry, nil // it cannot be completed any more: let it fail
		case err != nil:
			return "", err
		}
		if entry == "" && strings.TrimSpace(line) == "" {
			continue
		}
		entry += line + "\n"
		if !p.wantsMore(entry) {
			return entry, nil
		}
		prompt = strings.Repeat(".", len(p.Name)) + "> "
	}
}

// question is the name in an entry such as "servers.create?", "?servers" or "?".
func question(entry string) (string, bool) {
	m := asked.FindStringSubmatch(strings.TrimSpace(entry))
	if m == nil {
		return "", false
	}
	return m[1] + m[2], true
}

// A question mark is no part of Lua outside texts and comments.
var asked = regexp.MustCompile(`^(?:\?\s*([A-Za-z_][\w.:]*)?|([A-Za-z_][\w.:]*)\s*\?)$`)

func (p *Prompt) help(name string) error {
	text, ok := p.Help(name)
	if !ok {
		fmt.Fprintf(p.Err, "there is no help on %q; ? alone lists what there is\n", name)
		return nil
	}
	fmt.Fprint(p.Out, text)
	return nil
}

// wantsMore reports whether an entry is a correct beginning. What is an
// expression, or wrong, wants no more.
func (p *Prompt) wantsMore(entry string) bool {
	if _, ok := question(entry); ok {
		return false
	}
	_, err := runtime.Compile(chunkName, []byte("return "+expression(entry)))
	if err == nil {
		return false
	}
	if runtime.Incomplete(err) {
		return true
	}
	_, err = runtime.Compile(chunkName, []byte(entry))
	return runtime.Incomplete(err)
}

// expression takes away the = that Lua's own prompt wants before an expression.
func expression(entry string) string {
	rest, _ := strings.CutPrefix(strings.TrimSpace(entry), "=")
	return rest
}

func (p *Prompt) evaluate(ctx context.Context, entry string) error {
	p.Lines.Keep(strings.TrimRight(entry, "\n"))
	if name, ok := question(entry); ok && p.Help != nil {
		return p.help(name)
	}
	if p.Interruptible != nil {
		interruptible, stop := p.Interruptible(ctx)
		defer stop()
		ctx = interruptible
	}
	values, err := p.Session.Eval(ctx, chunkName, expression(entry))
	if err != nil {
		p.complain(err)
		return err
	}
	p.print(values)
	return nil
}

func (p *Prompt) complain(err error) {
	var e *runtime.Error
	if errors.As(err, &e) {
		fmt.Fprint(p.Err, e.Render(runtime.RenderOptions{Color: p.Color}))
		return
	}
	fmt.Fprintln(p.Err, "error:", err)
}

// print shows values and keeps the first one in _.
func (p *Prompt) print(values []runtime.Value) {
	width := 80
	if p.Width != nil {
		width = p.Width()
	}
	for i, v := range values {
		if i == 0 {
			p.Session.Set("_", v)
		}
		fmt.Fprintln(p.Out, strings.TrimRight(p.Session.Format(v, width), "\n"))
	}
}
