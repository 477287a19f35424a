package vm

import lua "github.com/yuin/gopher-lua"

// OnlyLua reports whether nothing but Lua functions and protected calls wait for the Go
// function that runs in L: its goroutine may end with runtime.Goexit then, and leave the
// thread to the garbage collector, without anybody missing a return.
func OnlyLua(L *lua.LState) bool {
	t := Of(L)
	if t == nil {
		return false
	}
	for ; t != nil; t = t.parent {
		for f := topFrame(t.L).Parent; f != nil; f = f.Parent { // the top one is the Go function, or pcall
			if f.Fn.IsG {
				return false
			}
		}
		if t.parent != nil && t.kind != pcallThread {
			return false
		}
	}
	return true
}
