package repl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A Prompt is the loop that reads, evaluates and prints. The exported fields are
// set before Run.
type Prompt struct {
	// Open opens the place that a profile names; "" is the usual one. Required.
	Open func(profile string) (*Place, error)

	// Profile is where the prompt is. Profiles are the names that :profile
	// offers; nil: none are known.
	Profile  string
	Profiles func() []string

	Lines Lines
	Out   io.Writer // values
	Err   io.Writer // errors, and what the prompt itself says

	// Greeting is printed first, "" for none.
	Greeting string

	// Color allows colours.
	Color bool

	// Width is the terminal's width in columns; 80 if nil.
	Width func() int

	// Page shows a text to a person, who may leaf through it. Nil: it is printed.
	Page func(text string) error

	// Edit lets a person change a text with an editor. Nil: nobody is there.
	Edit func(ctx context.Context, text string) (string, error)

	// YAML writes a value for :yaml. Nil: there is no such command.
	YAML func(value any) ([]byte, error)

	// Interruptible is called around each evaluation: it returns a context that
	// Ctrl-C ends. Nil: nothing ends an evaluation but the context of Run.
	Interruptible func(ctx context.Context) (context.Context, context.CancelFunc)

	// Background lets tasks that an entry spawns go on while the next ones are typed.
	// Out and Err are then written to at any time.
	Background bool

	place   *Place
	session *runtime.Session
	watch   *watcher

	pending   string          // the lines of an entry that is not complete
	number    int             // of the entry
	kept      []string        // the entries that :history may show
	done      []success       // what :save writes
	results   []runtime.Value // the last ones first
	functions map[any]string  // sources, by the functions' identities
	own       map[string]bool // the global names that a new session has
	last      timing
	warned    bool
	asked     string // what would have ended the session, in the entry before
	exiting   bool   // the last entry called exit

	then func() error // what an entry has done when it has ended: go elsewhere
}

// Run reads entries until the end of the lines, Ctrl-C twice at an empty prompt, or
// one that calls exit. It returns the error of the last entry, nil if that succeeded,
// so that a program fed through a pipe can fail.
func (p *Prompt) Run(ctx context.Context) error {
	if err := p.visit(p.Profile); err != nil {
		return err
	}
	defer func() { p.leave() }()
	if p.Greeting != "" {
		fmt.Fprintln(p.Err, p.Greeting)
	}
	var last error
	interrupts := 0 // at an empty prompt, in a row
	for ctx.Err() == nil {
		entry, err := p.read()
		if errors.Is(err, io.EOF) && !p.mayLeaveBy("Ctrl-D") {
			continue
		}
		switch {
		case errors.Is(err, errNothingInterrupted):
			if interrupts++; interrupts >= 2 && p.mayLeaveBy("Ctrl-C") {
				return nil
			} else if interrupts >= 2 {
				continue
			}
			p.tell("Ctrl-C once more leaves, and so does Ctrl-D\n")
			continue
		case errors.Is(err, io.EOF):
			return last
		case errors.Is(err, ErrInterrupt):
			interrupts = 0
			continue
		case err != nil:
			return err
		}
		interrupts = 0
		p.exiting = false
		if last = p.evaluate(ctx, entry); p.exiting && p.mayLeaveBy(strings.TrimSpace(entry)) {
			return last
		}
	}
	return context.Cause(ctx)
}

// errNothingInterrupted is Ctrl-C at an empty prompt.
var errNothingInterrupted = errors.New("nothing to interrupt")

// read returns the next entry: as many lines as it takes to be complete.
func (p *Prompt) read() (string, error) {
	prompt, entry := p.place.Name+"> ", ""
	defer func() { p.pending = "" }()
	for {
		p.pending = entry
		line, err := p.Lines.Line(prompt)
		switch {
		case errors.Is(err, ErrInterrupt) && entry == "" && strings.TrimSpace(line) == "":
			return "", errNothingInterrupted
		case errors.Is(err, io.EOF) && entry != "":
			return entry, nil // it cannot be completed any more: let it fail
		case err != nil:
			return "", err
		}
		if entry == "" && strings.TrimSpace(line) == "" {
			continue
		}
		entry += line + "\n"
		if !p.Incomplete(entry) {
			return entry, nil
		}
		prompt = continuation(prompt)
	}
}

// Incomplete reports whether an entry is a correct beginning. What is an
// expression, or wrong, is not.
func (p *Prompt) Incomplete(entry string) bool {
	if _, ok := asQuestion(entry); ok {
		return false
	}
	if _, _, ok := asCommand(entry); ok {
		return false
	}
	_, err := runtime.Compile("entry", []byte("return "+expression(entry)))
	if err == nil {
		return false
	}
	if runtime.Incomplete(err) {
		return true
	}
	_, err = runtime.Compile("entry", []byte(entry))
	return runtime.Incomplete(err) && returningLast(entry) == entry
}

// expression takes away the = that Lua's own prompt wants before an expression.
func expression(entry string) string {
	rest, _ := strings.CutPrefix(strings.TrimSpace(entry), "=")
	return rest
}

// keep makes an entry recallable. Secrets are recalled in this session only.
func (p *Prompt) keep(entry string) {
	p.Lines.Keep(entry)
	if p.holdsSecret(entry) {
		return
	}
	p.kept = append(p.kept, entry)
	if p.place.History != nil {
		p.warn(p.place.History.Add(entry))
	}
}

// warn tells once that the history does not work.
func (p *Prompt) warn(err error) {
	if err == nil || p.warned {
		return
	}
	p.warned = true
	p.tell(fmt.Sprintf("the history cannot be kept: %v\n", err))
}

// show prints a text of the prompt's own, or lets a person leaf through it.
func (p *Prompt) show(text string) error {
	if p.Page == nil {
		_, err := io.WriteString(p.Out, text)
		return err
	}
	return p.Page(text)
}

func (p *Prompt) width() int {
	if p.Width == nil {
		return 80
	}
	return p.Width()
}
