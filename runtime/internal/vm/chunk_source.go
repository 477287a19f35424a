package vm

import (
	"math"

	lua "github.com/yuin/gopher-lua"
)

// A chunk that load compiled is nobody's file, and many have the same name, so each of
// its functions carries the chunk's text, which then lives as long as they do. It is the
// last entry of their debug information about calls, and of no instruction.
const noInstruction = math.MaxInt

func keepSource(p *lua.FunctionProto, src string) {
	p.DbgCalls = append(p.DbgCalls, lua.DbgCall{Name: src, Pc: noInstruction})
	for _, inner := range p.FunctionPrototypes {
		keepSource(inner, src)
	}
}

// keptSource is the text of the function's chunk, "" if that came from elsewhere.
func keptSource(p *lua.FunctionProto) string {
	if n := len(p.DbgCalls); n > 0 && p.DbgCalls[n-1].Pc == noInstruction {
		return p.DbgCalls[n-1].Name
	}
	return ""
}
