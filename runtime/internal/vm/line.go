package vm

import lua "github.com/yuin/gopher-lua"

// Line is the chunk and the line of the innermost Lua function that waits for the Go
// function which runs in L; "" and 0 if there is none.
func Line(L *lua.LState) (chunk string, line int) {
	for t := Of(L); t != nil; t = t.parent {
		for f := topFrame(t.L); f != nil; f = f.Parent {
			if p := f.Fn.Proto; p != nil && f.Pc > 0 && !isPrologue(p) {
				return p.SourceName, p.DbgSourcePositions[f.Pc-1]
			}
		}
	}
	return "", 0
}
