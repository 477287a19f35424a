package vm

import lua "github.com/yuin/gopher-lua"

// calledName is the name by which the instruction at pc calls a function.
func calledName(p *lua.FunctionProto, pc int) string {
	if p == nil {
		return ""
	}
	for _, call := range p.DbgCalls {
		if call.Pc == pc {
			return call.Name
		}
	}
	return ""
}

func reword(L *lua.LState, msg string) string { return msg }
