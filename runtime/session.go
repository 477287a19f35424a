package runtime

import (
	"context"

	lua "github.com/yuin/gopher-lua"
)

// A Session is a run that stays open and evaluates one piece of source after
// another. It is for one goroutine at a time.
type Session struct {
	run *run
}

// NewSession opens a session. The caller closes it.
func (rt *Runtime) NewSession(options RunOptions) (*Session, error) {
	r, err := rt.newRun(options)
	if err != nil {
		return nil, err
	}
	return &Session{run: r}, nil
}

// Eval evaluates source and returns its values: those of the expression if it is
// one, else those that the chunk returns. Ending ctx cancels the evaluation and
// not the session. The error is an *Error; Incomplete tells whether it asks for
// more lines.
func (s *Session) Eval(ctx context.Context, name, source string) ([]Value, error) {
	proto, err := compile(name, []byte("return "+source))
	if err != nil {
		if proto, err = compile(name, []byte(source)); err != nil {
			return nil, err
		}
	}
	var values []lua.LValue
	err = s.run.execute(ctx, func(t *task) (err error) {
		values, err = s.run.call(s.run.state, s.run.state.NewFunctionFromProto(proto))
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]Value, len(values))
	for i, lv := range values {
		out[i] = Value{lv: lv, run: s.run}
	}
	return out, nil
}

// Set sets a global variable.
func (s *Session) Set(name string, v Value) { s.run.state.SetGlobal(name, v.lua()) }

// Format is the value as text for people, at most width columns wide where that
// is possible; 0 means 80.
func (s *Session) Format(v Value, width int) string { return v.lua().String() }

// Close ends the session. Its values must not be used any more.
func (s *Session) Close() { s.run.close() }
