package runtime

import (
	"context"
	"errors"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/layout"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
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
	r.open, r.outlive, r.onTask = true, options.Background, options.OnTask
	return &Session{run: r}, nil
}

// Eval evaluates source and returns its values: those of the expression if it is
// one, else those that the chunk returns. What the source declares as local at
// its top level is visible to the next one. Ending ctx cancels the evaluation and
// not the session; limits are those of one evaluation. The error is an *Error;
// Incomplete tells whether it asks for more lines.
func (s *Session) Eval(ctx context.Context, name, source string) ([]Value, error) {
	if s.run == nil {
		return nil, errClosed
	}
	proto, err := vm.CompileLine(name, source)
	if err != nil {
		return nil, syntaxError(name, source, err)
	}
	s.run.sources.remember(name, source)
	return s.do(ctx, s.run.in.state.Load(proto, nil))
}

// Load executes a program in the session: a file of functions that Call then
// calls, for instance. It returns what the chunk returns; the error is an *Error.
func (s *Session) Load(ctx context.Context, p *Program) ([]Value, error) {
	switch {
	case s.run == nil:
		return nil, errClosed
	case p == nil:
		return nil, errNoProgram
	}
	s.run.sources.remember(p.Name(), p.Source())
	return s.do(ctx, s.run.in.state.Load(p.proto, nil))
}

// Call calls a global function, one in a table ("rules.check"), or a verb, with Go
// values in the forms that verbs may return, and structs. It returns the
// function's values; the error is an *Error.
func (s *Session) Call(ctx context.Context, name string, args ...any) ([]Value, error) {
	if s.run == nil {
		return nil, errClosed
	}
	v := s.Get(name)
	if v.Kind() != FunctionValue {
		return nil, Errorf(Usage, "there is no function %q; it is a %s", name, v.Kind())
	}
	return s.call(ctx, name, v.lua(), args)
}

// Apply is Call for a function that the session's scripts returned, or that Get or
// Value.Field found.
func (s *Session) Apply(ctx context.Context, f *Function, args ...any) ([]Value, error) {
	switch {
	case s.run == nil:
		return nil, errClosed
	case f == nil:
		return nil, Errorf(Usage, "there is no function to call; the value is none")
	}
	return s.call(ctx, "the function", f.fn, args)
}

func (s *Session) call(ctx context.Context, name string, fn lua.LValue, args []any) ([]Value, error) {
	values, err := s.run.luaValues(args)
	if err != nil {
		return nil, &Error{Kind: Internal, Message: "arguments of " + name + ": " + err.Error(), Cause: err}
	}
	return s.do(ctx, fn, values...)
}

// Get is a global variable, or a field of a table in one ("rules.limit"); its Kind
// is NilValue if there is none.
func (s *Session) Get(name string) Value {
	if s.run == nil {
		return Value{}
	}
	v := Value{lv: s.run.in.state.Globals(), run: s.run}
	for part := range strings.SplitSeq(name, ".") {
		v = v.Field(part)
	}
	return v
}

func (s *Session) do(ctx context.Context, fn lua.LValue, args ...lua.LValue) ([]Value, error) {
	var values []Value
	err := s.run.execute(ctx, func(t *task) error {
		results, err := t.do(fn, args...)
		values = s.run.values(results)
		return err
	})
	if err != nil {
		return nil, err
	}
	return values, nil
}

// Set sets a global variable. In a session that is closed it does nothing.
func (s *Session) Set(name string, v Value) {
	if s.run != nil {
		s.run.in.state.Globals().RawSetString(name, v.lua())
	}
}

// ErrorValue is an error of Eval as a script sees it: the table of a verb's
// error, or what the script raised.
func (s *Session) ErrorValue(err error) Value {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	if e.Value.lv != nil {
		return e.Value
	}
	return Value{lv: errorTable(e), run: s.run}
}

// formatSteps is what the __tostring functions of one value may use, and its text a
// step for each 64 bytes.
const formatSteps = 10_000_000

// Format is the value as text for people, as the prompt shows it: lists of
// objects as aligned tables that fit into width columns (0 does not limit),
// strings in quotes. What that takes counts against the limit of memory, and the error
// is the text if it is too much.
func (s *Session) Format(v Value, width int) string {
	text, err := s.FormatContext(context.Background(), v, width)
	if err != nil {
		return err.Error()
	}
	return text
}

// FormatContext is Format that ends with base. The error is an *Error.
func (s *Session) FormatContext(base context.Context, v Value, width int) (string, error) {
	r := s.run
	if r == nil {
		return "", errClosed
	}
	if m := r.rt.moduleOf(v.lua()); m != nil {
		return m.summary(width), nil
	}
	text := ""
	if r.baton.try() { // else Do has it
		defer r.baton.pass()
	}
	ctx, cancel := context.WithCancelCause(base)
	defer cancel(nil)
	r.base, r.ctx, r.cancel = base, ctx, cancel // no evaluation is under way
	budget := r.newBudget(formatSteps)
	defer context.AfterFunc(ctx, func() { budget.Stop(r.reason(base, ctx)) })()
	defer r.rt.memory.watch(r, budget, ctx.Done())()
	t := &task{run: r, ctx: ctx, budget: budget}
	_, err := r.in.state.Call(vm.CallOptions{Budget: budget, Host: t}, staticFunction(func(L *lua.LState) int {
		text = layout.Format(v.lua(), layout.Options{
			Width: width,
			Quote: true,
			Work:  func(bytes int) { r.in.Reserve(L, int64(bytes)) },
			Text:  func(lv lua.LValue) string { return lualib.ToString(L, lv) },
			Type:  r.typeInfo,
		})
		return 0
	}))
	if err != nil {
		return "", t.errorOf(err)
	}
	return text, nil
}

// SetWidth changes RunOptions.Width, as a terminal's width may change.
func (s *Session) SetWidth(columns int) {
	if s.run != nil {
		s.run.width = columns
	}
}

// Close cancels the session's background tasks, waits for them, and ends the session
// after the clean-up functions of its scripts (see Call.Cleanup). One that fails keeps none
// of the others from being called; the error is the first one's *Error, and the runtime's
// Logger is told of the others. The session is closed whatever the error is: Eval, Load,
// Call and FormatContext fail from then on, closing it again does nothing, and its values
// must not be used any more.
func (s *Session) Close() error {
	r := s.run
	if r == nil {
		return nil
	}
	if len(r.background) > 0 {
		s.Do(r.endBackground)
	}
	s.run = nil
	if len(r.cleanups) == 0 {
		return nil
	}
	r.open = false
	return r.execute(context.Background(), func(*task) error { return nil })
}

// errClosed is the error of a session that is used after Close.
var errClosed = &Error{Kind: Usage, Message: "the session is closed", Hint: "open another one with NewSession"}

// errNoProgram is the error of a nil program, which Compile gives with an error.
var errNoProgram = &Error{Kind: Usage, Message: "there is no program to run; Compile returned none"}
