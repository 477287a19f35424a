package runtime

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/layout"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// raise throws an error into L as a table with the fields of design section 8.3.
// The error keeps the place where it was raised first, whatever the script does
// with it.
func (t *task) raise(L *lua.LState, e *Error) {
	L.Error(errorTable(t.run.placed(e, vm.Traceback(L))), 0)
}

// placed is the error with position, stack and source line, which it keeps if it
// has them already.
func (r *run) placed(e *Error, frames []vm.Frame) *Error {
	if e.Stack != nil {
		return e
	}
	placed := *e
	placed.Stack = r.stackOf(frames)
	r.locate(&placed, frames)
	return &placed
}

// locate sets the position and the source line from the stack.
func (r *run) locate(e *Error, frames []vm.Frame) {
	if e.Position.File == "" {
		for _, f := range e.Stack {
			if f.Position.Line > 0 {
				e.Position = f.Position
				break
			}
		}
	}
	if e.Source != "" || e.Position.Line == 0 {
		return
	}
	source := r.sources.of(e.Position.File)
	for _, f := range frames { // chunks that load compiled
		if f.Source != "" && f.Chunk == e.Position.File && f.Line == e.Position.Line {
			source = f.Source
			break
		}
	}
	e.Source = lineOf(source, e.Position.Line)
}

func (r *run) stackOf(frames []vm.Frame) []Frame {
	stack := make([]Frame, 0, len(frames))
	for _, f := range frames {
		stack = append(stack, Frame{Position: Position{File: f.Chunk, Line: f.Line}, Function: r.frameName(f), skipped: f.Skipped})
	}
	return stack
}

func (r *run) frameName(f vm.Frame) string {
	if v := r.rt.language.verbs[f.Go]; v != nil {
		return "verb " + v.Name
	}
	switch f.Kind {
	case vm.MainFrame:
		return "main chunk"
	case vm.TailFrame:
		return "(tail calls)"
	case vm.CoroutineBase:
		return "(coroutine)"
	case vm.SkippedFrames:
		return "(... " + luanum.FormatExact(float64(f.Skipped)) + " more)"
	}
	switch {
	case f.Function == "" && f.Defined > 0:
		return fmt.Sprintf("the function of line %d", f.Defined)
	case f.Function == "":
		return "function"
	}
	return "function '" + f.Function + "'"
}

// errorTable is an error as scripts see it. The *Error itself is in the
// metatable, where scripts cannot reach it.
func errorTable(e *Error) *lua.LTable {
	t := &lua.LTable{}
	set := func(field, text string) {
		if text != "" {
			t.RawSetString(field, lua.LString(text))
		}
	}
	set("kind", string(e.Kind))
	set("message", e.Message)
	set("verb", e.Verb)
	if e.Status != 0 {
		t.RawSetString("status", lua.LNumber(e.Status))
	}
	if e.RetryAfter != 0 {
		t.RawSetString("retry_after", lua.LNumber(e.RetryAfter.Seconds()))
	}
	set("request_id", e.RequestID)
	set("details", e.Details)
	set("hint", e.Hint)
	if len(e.Items) > 0 {
		t.RawSetString("item", lua.LNumber(e.Items[0]))
	}
	mt := &lua.LTable{Metatable: lua.LNil}
	mt.RawSetInt(errorSlot, &lua.LUserData{Value: e, Metatable: lua.LNil})
	mt.RawSetString("__tostring", errorToString)
	mt.RawSetString("__index", errorIndex)
	mt.RawSetString("__metatable", lua.LString("error"))
	t.Metatable = mt
	return t
}

// errorSlot is where the metatable of an error table keeps the *Error. Index 1
// is the libraries' mark of tables that are filled on demand.
const errorSlot = 2

// errorFields are what an error may have in Lua.
var errorFields = []string{"kind", "message", "verb", "status", "retry_after", "request_id", "details", "hint", "item"}

var errorIndex = staticFunction(func(L *lua.LState) int { return taskOf(L).run.rt.language.errorIndex(L) })

// missingErrorField judges a field that an error does not have: a near miss of one that
// it could have is a slip, as for objects.
func missingErrorField(L *lua.LState) int {
	name, ok := L.Get(2).(lua.LString)
	if !ok || slices.Contains(errorFields, string(name)) {
		return 0
	}
	if hint := didYouMean("", string(name), errorFields); hint != "" {
		taskOf(L).raise(L, &Error{Kind: Usage, Message: fmt.Sprintf("an error has no field %q", string(name)), Hint: hint})
	}
	return 0
}

var errorToString = staticFunction(func(L *lua.LState) int {
	text := "error"
	if e := errorIn(L.Get(1)); e != nil {
		text = e.text()
	}
	L.Push(lua.LString(text))
	return 1
})

// errorIn is the *Error of an error table, with the message that the script may
// have given it since; nil for any other value.
func errorIn(v lua.LValue) *Error {
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil
	}
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	holder, ok := mt.RawGetInt(errorSlot).(*lua.LUserData)
	if !ok {
		return nil
	}
	e, ok := holder.Value.(*Error)
	if !ok {
		return nil
	}
	if message, ok := t.RawGetString("message").(lua.LString); ok && string(message) != e.Message {
		changed := *e
		changed.Message = string(message)
		return &changed
	}
	return e
}

// errorOf makes an *Error of what ended the task.
func (t *task) errorOf(err error) *Error { return t.errorAbove(nil, err) }

// errorAbove makes an *Error of what ended a call of the task's that below made, if a thread
// did.
func (t *task) errorAbove(below *vm.Thread, err error) *Error {
	r := t.run
	var raised *vm.Error
	if e, ok := err.(*Error); ok {
		return e
	}
	if !errors.As(err, &raised) {
		return &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	if raised.Value == nil {
		return r.placed(t.stopError(raised.Cause), raised.Frames)
	}
	if e := errorIn(raised.Value); e != nil {
		return e
	}
	if e := r.passed; e != nil && vm.Same(e.Value.lv, raised.Value) {
		return e
	}
	message, ended := t.messageOf(below, raised)
	if ended != nil {
		return ended
	}
	e := &Error{Kind: Script, Message: message, Value: Value{lv: raised.Value, run: r}, Cause: raised.Cause}
	for _, file := range r.sources.names() {
		if e.cutPlace(file) {
			break
		}
	}
	for _, f := range raised.Frames { // chunks that load compiled have no source here
		if e.Position.File != "" || f.Chunk != "" && e.cutPlace(f.Chunk) {
			break
		}
	}
	e = r.placed(e, raised.Frames)
	if raised.Absence != nil {
		e.Hint = r.absenceHint(raised.Absence)
	}
	return e
}

// cutPlace makes a position of the place in the file that the message begins with,
// if it does.
func (e *Error) cutPlace(file string) bool {
	rest, ok := strings.CutPrefix(e.Message, file+":")
	if !ok {
		return false
	}
	line, message, ok := cutLine(rest)
	if ok {
		e.Position, e.Message = Position{File: file, Line: line}, message
	}
	return ok
}

// within is an error of the task, which is a part of the run, with where that part was
// started.
func (t *task) within(err error, part string, started []Frame) *Error {
	e := *t.errorOf(err)
	e.Stack = slices.Concat(e.Stack, []Frame{{Function: part, part: true}}, started)
	return &e
}

// cutLine takes "12: message" apart.
func cutLine(s string) (line int, message string, ok bool) {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && line < 1<<24:
			line = line*10 + int(c-'0')
		case c == ':' && i > 0 && strings.HasPrefix(s[i:], ": "):
			return line, s[i+2:], true
		default:
			return 0, "", false
		}
	}
	return 0, "", false
}

// messageOf is what a raised value says: its __tostring if it has one. That may end the
// run.
func (t *task) messageOf(below *vm.Thread, raised *vm.Error) (message string, ended *Error) {
	r := t.run
	if raised.Value == lua.LNil {
		return "the script raised an error without a message", nil
	}
	table, ok := raised.Value.(*lua.LTable)
	if !ok {
		return raised.Message, nil
	}
	if mt, ok := table.Metatable.(*lua.LTable); !ok || mt.RawGetString("__tostring") == lua.LNil || r.in.json.IsArray(table) {
		if table.RawGetString("message").Type() == lua.LTString {
			return raised.Message, nil
		}
		return r.describeRaised(table), nil
	}
	err := t.tell(below, staticFunction(func(L *lua.LState) int {
		message = lualib.ToString(L, raised.Value)
		return 0
	}))
	var failed *vm.Error
	switch {
	case err == nil:
		return message, nil
	case errors.As(err, &failed) && failed.Value == nil:
		return "", t.within(err, "(__tostring of an error)", r.stackOf(raised.Frames))
	}
	return "the script raised a table whose __tostring failed: " + err.Error(), nil
}

// tell calls a function for the message of an error: on the stack of the thread below, or
// in a task of its own if there is none, because this one has ended. That belongs to what
// this one belonged to: an evaluation, a background task or the clean-up.
func (t *task) tell(below *vm.Thread, fn *lua.LFunction) error {
	if below != nil {
		_, err := below.Call(fn)
		return err
	}
	t.calls++
	_, ctx := t.whole() // t's own may have ended
	teller := &task{run: t.run, ctx: ctx, budget: t.budget, root: t.root, prefix: t.path(t.calls) + "."}
	_, err := teller.do(fn)
	return err
}

// maxRaised is how long the text of a raised table may be, in bytes.
const maxRaised = 200

// describeRaised is the message for a table that has none.
func (r *run) describeRaised(t *lua.LTable) string {
	return "the script raised a table without a message: " + r.brief(t, maxRaised)
}

// brief is a value in a message of about most bytes. It calls nothing of the script's.
func (r *run) brief(v lua.LValue, most int) string {
	return layout.Brief(v, layout.Options{Type: r.typeInfo, Text: func(v lua.LValue) string {
		switch v := v.(type) {
		case lua.LNumber:
			return luanum.FormatExact(float64(v))
		case lua.LBool, *lua.LNilType:
			return v.String()
		}
		if text, ok := luajson.IsNumber(v); ok {
			return text[:min(len(text), most)]
		}
		if luajson.IsNull(v) {
			return "null"
		}
		return v.Type().String()
	}}, most)
}
