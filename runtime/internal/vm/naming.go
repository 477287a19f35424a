package vm

import (
	"sort"

	lua "github.com/yuin/gopher-lua"
)

// calledName is the name by which the instruction at pc calls a function.
func calledName(p *lua.FunctionProto, pc int) string {
	if p == nil {
		return ""
	}
	i := sort.Search(len(p.DbgCalls), func(i int) bool { return p.DbgCalls[i].Pc >= pc })
	if i < len(p.DbgCalls) && p.DbgCalls[i].Pc == pc && p.DbgCalls[i].Name != "?" {
		return p.DbgCalls[i].Name
	}
	return ""
}

func reword(L *lua.LState, msg string) string { return msg }

func raiseOperand(L *lua.LState, what string, v lua.LValue, at int) {
	L.RaiseError("attempt to %s a %s value", what, v.Type().String())
}
