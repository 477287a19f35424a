package vm

import (
	"fmt"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// plain are messages of gopher-lua that C Lua words in another way.
var plain = map[string]string{
	"for statement init must be a number":  "'for' initial value must be a number",
	"for statement limit must be a number": "'for' limit must be a number",
	"for statement step must be a number":  "'for' step must be a number",
	"registry overflow":                    "stack overflow",
	"too many recursions in gettable":      "loop in __index",
	"too many recursions in settable":      "loop in __newindex",
}

// reword says what the interpreter found wrong as C Lua would, with the name of
// the variable. Messages of Go functions stay as they are.
func reword(L *lua.LState, msg string) string {
	f := topFrame(L)
	if f == nil {
		return msg
	}
	if f.Fn.IsG {
		if strings.HasSuffix(msg, noFunction) {
			return strings.TrimSuffix(msg, noFunction) + "attempt to call a value that is not a function"
		}
		return msg
	}
	position := fmt.Sprintf("%s:%d: ", f.Fn.Proto.SourceName, f.Fn.Proto.DbgSourcePositions[f.Pc-1])
	rest, ok := strings.CutPrefix(msg, position)
	if !ok {
		return msg
	}
	if p, ok := plain[rest]; ok {
		return position + p
	}
	return position + culprit(L, f, rest)
}

const noFunction = "attempt to call a non-function object"

// culprit rewords an error of the instruction that f is at.
func culprit(L *lua.LState, f *callFrame, msg string) string {
	i := f.Fn.Proto.Code[f.Pc-1]
	switch op := opOf(i); {
	case msg == noFunction && op == lua.OP_TFORLOOP:
		v := L.Get(argA(i) + 1)
		if v.Type() == lua.LTTable {
			return "attempt to call a table value as the iterator of 'for' (use pairs or ipairs to go through a table)"
		}
		return fmt.Sprintf("attempt to call a %s value as the iterator of 'for'", typeName(v))
	case msg == noFunction && (op == lua.OP_CALL || op == lua.OP_TAILCALL):
		return typeError(L, f, "call", argA(i))
	case msg == "__unm undefined":
		return typeError(L, f, "perform arithmetic on", argB(i))
	case msg == "__len undefined":
		return typeError(L, f, "get length of", argB(i))
	case strings.HasPrefix(msg, "cannot perform "):
		if v := f.operand(Stack(L), argB(i)); !isNumeric(v) {
			return typeError(L, f, "perform arithmetic on", argB(i))
		}
		return typeError(L, f, "perform arithmetic on", argC(i))
	case strings.HasPrefix(msg, "attempt to compare "):
		var a, b string
		if n, _ := fmt.Sscanf(msg, "attempt to compare %s with %s", &a, &b); n == 2 && a == b {
			return "attempt to compare two " + a + " values"
		}
	case strings.HasPrefix(msg, "attempt to index a non-table object("):
		return indexError(L, f, i, msg)
	}
	return msg
}

func indexError(L *lua.LState, f *callFrame, i uint32, msg string) string {
	typ, _, _ := strings.Cut(strings.TrimPrefix(msg, "attempt to index a non-table object("), ")")
	reg, key := argB(i), argC(i)
	switch opOf(i) {
	case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
		reg, key = argA(i), argB(i)
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF:
	default: // the environment
		return fmt.Sprintf("attempt to index a %s value", typ)
	}
	if v := L.Get(reg + 1); typeName(v) == typ {
		if name := registerName(f.Fn.Proto, f.Pc-1, reg); name != "" {
			return fmt.Sprintf("attempt to index a %s value (%s)", typ, name)
		}
	}
	if key&rkBit != 0 { // a key that is computed may be a secret
		return fmt.Sprintf("attempt to index a %s value with key '%s'", typ, f.Fn.Proto.Constants[key&^rkBit])
	}
	return fmt.Sprintf("attempt to index a %s value", typ)
}

// typeError is `attempt to WHAT a TYPE value (NAME)` for an instruction's operand.
func typeError(L *lua.LState, f *callFrame, what string, rk int) string {
	msg := fmt.Sprintf("attempt to %s a %s value", what, typeName(f.operand(Stack(L), rk)))
	if rk&rkBit != 0 {
		return msg
	}
	if name := registerName(f.Fn.Proto, f.Pc-1, rk); name != "" {
		msg += " (" + name + ")"
	}
	return msg
}

func typeName(v lua.LValue) string {
	if v == nil {
		return "nil"
	}
	return v.Type().String()
}

func isNumeric(v lua.LValue) bool {
	_, ok := luanum.Of(v)
	return ok
}

// raiseOperand raises a typeError for argument at of the Go function that runs
// in L, which the compiler called for an operator; 0 means a value in between.
func raiseOperand(L *lua.LState, what string, v lua.LValue, at int) {
	msg := fmt.Sprintf("attempt to %s a %s value", what, typeName(v))
	if f := topFrame(L).Parent; at > 0 && f != nil && !f.Fn.IsG {
		pc := f.Pc - 1
		if name := registerName(f.Fn.Proto, pc, argA(f.Fn.Proto.Code[pc])+at); name != "" {
			msg += " (" + name + ")"
		}
	}
	L.Error(lua.LString(where(Of(L), 1)+msg), 0)
}
