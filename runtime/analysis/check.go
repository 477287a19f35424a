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
type Checker struct{ env *environment }

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
	first := newWalker(c.env, newReport(name, ""), newFacts())
	first.chunk(body) // gathers what a second reading has to know
	w := newWalker(c.env, r, first.facts)
	w.params = r.header(name, src)
	w.chunk(body)
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
		r.add(e.Pos, Syntax, "this cannot be checked: "+strings.TrimSpace(e.Message), "report it: the script itself compiles")
		return nil, false
	}
	return body, true
}

// header is what the script declares of itself; its parameters' names.
func (r *report) header(name string, src []byte) []string {
	h, err := header.Parse(name, src)
	var e *runtime.Error
	if errors.As(err, &e) {
		r.add(place(e), Header, e.Message, e.Hint)
		return nil
	}
	return h.Names()
}

func place(e *runtime.Error) syntax.Pos {
	return syntax.Pos{Line: e.Position.Line, Column: e.Position.Column}
}
