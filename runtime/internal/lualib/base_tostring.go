package lualib

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// baseToString returns what __tostring does, even if it is not text.
func baseToString(L *lua.LState) int {
	v := anyArgument(L, "tostring", 1)
	switch v.(type) {
	case lua.LString:
		L.Push(v)
		return 1
	case *lua.LTable, *lua.LUserData:
		if method := L.GetMetaField(v, "__tostring"); method != lua.LNil {
			L.Push(callMethod(L, method, v))
			return 1
		}
	}
	return pushString(L, ToString(L, v))
}

// ToString is the text of a value as tostring gives it: __tostring is honoured,
// numbers are as [luanum.Format] shows them, and a table, function, userdata or
// thread is its type and a number that is the same in every run.
func ToString(L *lua.LState, v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return luanum.Format(float64(v))
	case lua.LBool:
		return v.String()
	case *lua.LNilType:
		return "nil"
	case *lua.LTable, *lua.LUserData:
		if method := L.GetMetaField(v, "__tostring"); method != lua.LNil {
			return callToString(L, method, v)
		}
	}
	return instanceOf(L).ids.text(L, v)
}

func callToString(L *lua.LState, method, v lua.LValue) string {
	switch result := callMethod(L, method, v).(type) {
	case lua.LString:
		return string(result)
	case lua.LNumber:
		return luanum.Format(float64(result))
	default:
		raise(L, "'__tostring' must return a string, not %s", typeName(result))
	}
	return ""
}

// Identity is the text of a value that says nothing else: its type, and a number that is
// the same in every run.
func Identity(L *lua.LState, v lua.LValue) string { return instanceOf(L).ids.text(L, v) }

// callMethod calls a metamethod for its first result.
func callMethod(L *lua.LState, method lua.LValue, operands ...lua.LValue) lua.LValue {
	L.Push(method)
	for _, operand := range operands {
		L.Push(operand)
	}
	L.Call(len(operands), 1)
	result := L.Get(-1)
	L.Pop(1)
	return result
}

// basePrint writes its arguments with tabs between and a line feed after.
func basePrint(L *lua.LState) int {
	in := instanceOf(L)
	out := in.take(L)
	for i, top := 1, L.GetTop(); i <= top; i++ {
		if i > 1 {
			out.writeByte('\t')
		}
		out.writeString(ToString(L, L.Get(i)))
	}
	out.writeByte('\n')
	in.host.Print(L, out.finish())
	return 0
}

// idBytes is what an object costs that was given an id.
const idBytes = 128

// text names an object by its type and id.
func (ids *identities) text(L *lua.LState, v lua.LValue) string {
	id, first := ids.of(v)
	if first {
		instanceOf(L).host.Reserve(L, idBytes)
	}
	return fmt.Sprintf("%s: 0x%08x", typeName(v), id)
}
