package vm

import lua "github.com/yuin/gopher-lua"

// Leaving reports whether the goroutine of the Go function that runs in L may end with
// runtime.Goexit, and leave its threads to the garbage collector, without anybody missing a
// return: nothing waits for it but Lua functions, protected calls, and Go functions that
// called into Lua with Thread.Apply, of which it tells the number.
func Leaving(L *lua.LState) (applied int, ok bool) {
	for t := Of(L); t != nil; t = t.parent {
		for f := topFrame(t.L).Parent; f != nil; f = f.Parent { // the top one is the Go function itself, pcall or one that applies
			if f.Fn.IsG {
				return 0, false
			}
		}
		switch {
		case t.parent == nil:
			return applied, true
		case t.kind == pcallThread:
		case t.kind == appliedThread:
			applied++
		default:
			return 0, false
		}
	}
	return 0, false
}
