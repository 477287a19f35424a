package analysis

import (
	"context"
	"errors"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// A Checker checks scripts against one Runtime. It does not change and is safe
// for many goroutines.
type Checker struct {
	env     *environment
	options Options
}

// Options tell what lies outside a script; the zero value is a script alone.
type Options struct {
	// Require finds the source of a module, as runtime.Config.Require does. Nil:
	// what a script requires is taken to be right.
	Require func(name string) (chunk string, src []byte, err error)

	// Requires are the verbs whose first argument names a module, as that of require
	// does, and that return what the module returns.
	Requires []string

	// Header reads a script's header, by header.Parse if it is nil. Its error is
	// header.Mistakes, or a *runtime.Error.
	Header func(file string, src []byte) (*header.Header, error)
}

// With is a Checker that looks beyond the script as the options tell.
func (c *Checker) With(options Options) *Checker { return &Checker{env: c.env, options: options} }

// New makes a Checker. It runs a script of its own that lists Lua's library and
// calls no verb; the error is what that run failed with.
func New(ctx context.Context, rt *runtime.Runtime) (*Checker, error) {
	env, err := newEnvironment(ctx, rt)
	if err != nil {
		return nil, err
	}
	return &Checker{env: env}, nil
}

// Check reads a script; name is the file in positions. A script that does not
// compile has one finding, its first mistake.
func (c *Checker) Check(name string, src []byte) *Report {
	r := newReport(name, string(src))
	body, ok := r.parse(name, src)
	if !ok {
		return &Report{Findings: r.findings}
	}
	m := &modules{env: c.env, find: c.options.Require, requires: c.options.Requires, all: map[string]*required{}}
	w := newWalker(c.env, r, gather(c.env, body, m), m)
	m.addGlobals(w.facts)
	w.params = r.header(name, src, c.options.Header)
	w.chunk(body)
	m.addUses(w.uses)
	r.silence(string(src))
	return &Report{Findings: r.sorted(), Uses: w.uses.sorted()}
}

// parse compiles the source first: the compiler knows best what is wrong with it.
func (r *report) parse(name string, src []byte) ([]syntax.Stmt, bool) {
	if _, err := runtime.Compile(name, src); err != nil {
		at, message := syntax.Pos{Line: 1}, err.Error()
		var e *runtime.Error
		if errors.As(err, &e) {
			at, message = place(e), e.Message
		}
		r.add(at, Syntax, message, "")
		return nil, false
	}
	body, err := syntax.Parse(string(src))
	if err != nil {
		var e *syntax.Error
		errors.As(err, &e)
		r.add(syntax.Pos{Line: e.Line, Column: e.Column}, Syntax, "this cannot be checked: "+strings.TrimSpace(e.Message), "report it: the script itself compiles")
		return nil, false
	}
	return body, true
}

// header is what the script declares of itself; its parameters' names.
func (r *report) header(name string, src []byte, read func(string, []byte) (*header.Header, error)) []string {
	if read == nil {
		read = header.Parse
	}
	h, err := read(name, src)
	var (
		mistakes header.Mistakes
		one      *runtime.Error
	)
	if !errors.As(err, &mistakes) && errors.As(err, &one) {
		mistakes = header.Mistakes{one}
	}
	for _, e := range mistakes {
		r.add(place(e), Header, e.Message, e.Hint)
	}
	if err != nil {
		return nil
	}
	return h.Names()
}

func place(e *runtime.Error) syntax.Pos {
	return syntax.Pos{Line: e.Position.Line, Column: e.Position.Column}
}
