package vm

import (
	_ "unsafe" // for go:linkname

	lua "github.com/yuin/gopher-lua"
)

// gopher-lua compares two texts byte by byte, in one instruction that nothing stops:
// two of 50 MB that are equal take 60 ms. So < and <= are this package's own where both
// sides are numbers or texts, in the table that gopher-lua finds its instructions in.
// That table is the whole process's: a state that is not of this package gets the same
// answers as before.

// An instruction is what gopher-lua runs for one of its codes.
type instruction func(L *lua.LState, code uint32, base *callFrame) int

//go:linkname instructions github.com/yuin/gopher-lua.jumpTable
var instructions [lua.OP_NOP + 1]instruction

// others are the instructions as gopher-lua has them.
var others = instructions

// init comes before any state can run.
func init() { instructions[lua.OP_LT], instructions[lua.OP_LE] = lessInstruction, lessEqualInstruction }

func lessInstruction(L *lua.LState, code uint32, base *callFrame) int {
	f := topFrame(L)
	stack := Stack(L)
	a, b := f.operand(stack, argB(code)), f.operand(stack, argC(code))
	switch a := a.(type) {
	case lua.LNumber:
		if b, ok := b.(lua.LNumber); ok {
			return f.test(code, a < b)
		}
	case lua.LString:
		if b, ok := b.(lua.LString); ok {
			return f.test(code, textLess(L, string(a), string(b)))
		}
	}
	return others[lua.OP_LT](L, code, base)
}

func lessEqualInstruction(L *lua.LState, code uint32, base *callFrame) int {
	f := topFrame(L)
	stack := Stack(L)
	a, b := f.operand(stack, argB(code)), f.operand(stack, argC(code))
	switch a := a.(type) {
	case lua.LNumber:
		if b, ok := b.(lua.LNumber); ok {
			return f.test(code, a <= b)
		}
	case lua.LString:
		if b, ok := b.(lua.LString); ok {
			return f.test(code, !textLess(L, string(b), string(a)))
		}
	}
	return others[lua.OP_LE](L, code, base)
}

// test goes on behind the next instruction if that is what a comparison says.
func (f *callFrame) test(code uint32, holds bool) int {
	if holds == (argA(code) == 0) {
		f.Pc++
	}
	return 0
}

// compareChunk is how many bytes of two texts are compared between two looks at the
// budget.
const compareChunk = 256 << 10

// textLess reports whether a text comes before another. Long ones are charged to L, so
// it may not return.
func textLess(L *lua.LState, a, b string) bool {
	for len(a) > compareChunk && len(b) > compareChunk && a[:compareChunk] == b[:compareChunk] {
		Charge(L, compareChunk>>6)
		a, b = a[compareChunk:], b[compareChunk:]
	}
	return a < b
}
