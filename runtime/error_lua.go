package runtime

import (
	"errors"

	lua "github.com/yuin/gopher-lua"
)

// raise throws a verb's error into Lua as a table with the fields of design
// section 8.3.
func (r *run) raise(L *lua.LState, err error) {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Kind: Internal, Message: err.Error(), Cause: err}
	}
	L.Error(r.errorTable(L, e), 1)
}

func (r *run) errorTable(L *lua.LState, e *Error) *lua.LTable {
	t := L.NewTable()
	t.RawSetString("kind", lua.LString(e.Kind))
	t.RawSetString("message", lua.LString(e.Message))
	set := func(field, text string) {
		if text != "" {
			t.RawSetString(field, lua.LString(text))
		}
	}
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
	holder := L.NewUserData()
	holder.Value = e
	mt := L.CreateTable(1, 2)
	mt.RawSetInt(1, holder)
	mt.RawSetString("__tostring", L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LString(e.text()))
		return 1
	}))
	mt.RawSetString("__metatable", lua.LString("error"))
	t.Metatable = mt
	return t
}

// errorIn is the *Error behind an error table, nil for any other value.
func errorIn(v lua.LValue) *Error {
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil
	}
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	holder, ok := mt.RawGetInt(1).(*lua.LUserData)
	if !ok {
		return nil
	}
	e, _ := holder.Value.(*Error)
	return e
}
