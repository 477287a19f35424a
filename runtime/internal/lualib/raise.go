package lualib

import (
	"fmt"
	"reflect"

	lua "github.com/yuin/gopher-lua"
)

// raise raises an error whose message starts with the position of the Lua code
// that is running.
func raise(L *lua.LState, format string, args ...any) {
	raiseText(L, fmt.Sprintf(format, args...))
}

func raiseText(L *lua.LState, message string) {
	instanceOf(L).host.Reserve(L, int64(len(message)))
	L.Error(lua.LString(position(L)+message), 0)
}

// position is "chunk:line: " of the innermost Lua function, "" if there is none
// on this thread. C Lua gives no position when the caller is itself a C
// function; the nearest Lua line is more use than nothing.
func position(L *lua.LState) string {
	for level := 1; ; level++ {
		frame, ok := L.GetStack(level)
		if !ok {
			return ""
		}
		if _, err := L.GetInfo("Sl", frame, lua.LNil); err == nil && frame.CurrentLine > 0 {
			return fmt.Sprintf("%s:%d: ", frame.Source, frame.CurrentLine)
		}
	}
}

// argumentError raises C Lua's error for argument n of function fn.
func argumentError(L *lua.LState, fn string, n int, message string) {
	if calledAsMethod(L) {
		if n--; n == 0 {
			raise(L, "calling '%s' on bad self (%s)", fn, message)
		}
	}
	raise(L, "bad argument #%d to '%s' (%s)", n, fn, message)
}

// typeError raises the error for an argument of another type than expected.
func typeError(L *lua.LState, fn string, n int, expected string) {
	got := "no value"
	if n <= L.GetTop() {
		got = typeName(L.Get(n))
	}
	argumentError(L, fn, n, expected+" expected, got "+got)
}

// calledAsMethod reports whether the running function was called as
// object:function(), which C Lua does not count as an argument. gopher-lua knows
// but does not tell, so the calling instruction is read by reflection; an error
// is about to be raised, so it may cost.
func calledAsMethod(L *lua.LState) bool {
	caller, ok := L.GetStack(1)
	if !ok {
		return false
	}
	fn, err := L.GetInfo("f", caller, lua.LNil)
	function, ok := fn.(*lua.LFunction)
	if err != nil || !ok || function.IsG {
		return false
	}
	frame := reflect.ValueOf(caller).Elem().FieldByName("frame")
	if frame.Kind() != reflect.Pointer || frame.IsNil() {
		return false
	}
	pc := frame.Elem().FieldByName("Pc")
	if !pc.IsValid() {
		return false
	}
	return isMethodCall(function.Proto.Code, int(pc.Int())-1)
}

// isMethodCall reports whether the call at code[pc] is of a function that a SELF
// instruction loaded.
func isMethodCall(code []uint32, pc int) bool {
	if pc < 0 || pc >= len(code) {
		return false
	}
	if op := opcode(code[pc]); op != lua.OP_CALL && op != lua.OP_TAILCALL {
		return false
	}
	function := registerA(code[pc])
	for pc--; pc >= 0; pc-- {
		if registerA(code[pc]) != function {
			continue
		}
		switch opcode(code[pc]) {
		case lua.OP_SELF:
			return true
		case lua.OP_MOVE, lua.OP_MOVEN, lua.OP_GETUPVAL, lua.OP_GETGLOBAL, lua.OP_GETTABLE,
			lua.OP_GETTABLEKS, lua.OP_CALL, lua.OP_CLOSURE:
			return false
		}
	}
	return false
}

func opcode(instruction uint32) int    { return int(instruction >> 26) }
func registerA(instruction uint32) int { return int(instruction>>18) & 0xff }
