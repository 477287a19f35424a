package repl

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// resultLimit is how many results have names: _1 is the last one, _9 the oldest.
const resultLimit = 9

// A timing is what :time tells of an entry.
type timing struct {
	wall    time.Duration
	retries int
	tally
}

// retries is how often clients have repeated requests so far.
func (p *Prompt) retries() int {
	if p.place.Retries == nil {
		return 0
	}
	return p.place.Retries()
}

// evaluate runs one entry, while nothing in the background executes Lua but when the
// entry waits.
func (p *Prompt) evaluate(ctx context.Context, entry string) (err error) {
	p.session.Do(func() { err = p.entry(ctx, entry) })
	if then := p.then; then != nil {
		p.then = nil
		return then()
	}
	return err
}

// entry runs a question, a command, or Lua.
func (p *Prompt) entry(ctx context.Context, entry string) error {
	entry = strings.TrimRight(entry, "\n")
	p.keep(entry)
	if strings.TrimSpace(entry) != p.asked {
		p.asked = ""
	}
	if q, ok := asQuestion(entry); ok {
		return p.answer(q)
	}
	if name, argument, ok := asCommand(entry); ok {
		return p.command(ctx, name, argument)
	}
	return p.lua(ctx, entry)
}

// lua runs an entry and prints its values, unless it ends in a semicolon.
func (p *Prompt) lua(ctx context.Context, entry string) error {
	p.number++
	typed := expression(entry)
	source, silent := withoutSemicolon(typed)
	values, err := p.timed(ctx, fmt.Sprintf("entry %d", p.number), source, typed)
	p.exiting = exits(err)
	if err != nil {
		p.sayWhereElse(strings.TrimSuffix(source, "()"))
		return err
	}
	p.succeeded(source, silent, len(values))
	p.learn(source)
	if len(values) > 0 {
		p.result(values[0])
	}
	if silent {
		return nil
	}
	if err := p.print(ctx, values); err != nil {
		return err
	}
	p.sayWhatWasMeant(source, values)
	return nil
}

// exits reports whether an entry, or a script, ended itself.
func exits(err error) bool { return errors.Is(err, &runtime.Error{Kind: runtime.Exit}) }

// timed evaluates a piece of Lua; it prints what went wrong, which exit is not. typed is
// the piece as errors show it, line for line.
func (p *Prompt) timed(ctx context.Context, name, source, typed string) ([]runtime.Value, error) {
	ctx, stop := p.interruptible(ctx)
	defer stop()
	if p.place.Options.Width > 0 { // scripts show values at a terminal
		p.session.SetWidth(p.width())
	}
	p.watch.begin()
	start, retries := time.Now(), p.retries()
	values, err := p.session.Eval(ctx, name, source)
	p.last = timing{wall: time.Since(start), retries: p.retries() - retries, tally: p.watch.entry}
	if err != nil {
		if typed != source {
			showTyped(err, name, typed)
		}
		p.session.Set("_err", p.session.ErrorValue(err))
		if !exits(err) {
			p.complain(err)
		}
	}
	return values, err
}

// interruptible is a context that Ctrl-C ends, until stop is called.
func (p *Prompt) interruptible(ctx context.Context) (interruptible context.Context, stop context.CancelFunc) {
	if p.Interruptible == nil {
		return ctx, func() {}
	}
	return p.Interruptible(ctx)
}

// withoutSemicolon takes a semicolon from the end of an expression. Elsewhere it
// says nothing.
func withoutSemicolon(source string) (string, bool) {
	tokens := code(source)
	if len(tokens) < 2 || !tokens[len(tokens)-1].is(";") {
		return returningLast(source), false
	}
	rest := strings.TrimSpace(source[:tokens[len(tokens)-1].at])
	last := returningLast(rest)
	return last, isExpression(rest) || last != rest
}

func isExpression(source string) bool { return compiles("return " + source) }

// result names a value: _ and _1 are the last one.
func (p *Prompt) result(v runtime.Value) {
	p.results = append([]runtime.Value{v}, p.results[:min(len(p.results), resultLimit-1)]...)
	p.session.Set("_", v)
	for i, v := range p.results {
		p.session.Set(fmt.Sprintf("_%d", i+1), v)
	}
}

func (p *Prompt) print(ctx context.Context, values []runtime.Value) error {
	text, err := p.format(ctx, values)
	if err != nil {
		p.complain(err)
		return err
	}
	if text == "" {
		return nil
	}
	return p.show(text)
}

// format lays values out, which takes long if they hold much.
func (p *Prompt) format(ctx context.Context, values []runtime.Value) (string, error) {
	ctx, stop := p.interruptible(ctx)
	defer stop()
	var b strings.Builder
	for _, v := range values {
		text, err := p.session.FormatContext(ctx, v, p.width())
		if err != nil {
			return "", err
		}
		text = strings.TrimRight(text, "\n")
		if p.Color {
			text = colourValue(v, text)
		}
		b.WriteString(text + "\n")
	}
	return b.String(), nil
}

func (p *Prompt) complain(err error) { p.tell(p.rendered(err)) }

func (p *Prompt) rendered(err error) string {
	var e *runtime.Error
	if errors.As(err, &e) {
		return e.Render(runtime.RenderOptions{Color: p.Color})
	}
	return fmt.Sprintln("error:", err)
}

// refuse says what is wrong with an entry that is no Lua.
func (p *Prompt) refuse(format string, args ...any) error {
	err := runtime.Errorf(runtime.Usage, format, args...)
	p.complain(err)
	return err
}
