package vm

import (
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// A store far behind the end of a table's array part, t[1000000] = x, fills the array up to
// there: one instruction takes 16 MB, and leaves five times as much behind, since the array
// grows by a quarter at a time. So the thread looks at the instruction that it counts: where
// it is such a store the memory is accounted, and the array is made as long as it has to be
// at once.

// farGap is how many slots behind the end a store fills without being accounted.
const farGap = 4096

// isStore reports whether f is about to execute an instruction that may fill an array.
func (f *callFrame) isStore() bool {
	p := f.Fn.Proto // nil of a Go function that asks
	return p != nil && opOf(p.Code[f.Pc-1]) == lua.OP_SETTABLE
}

// store accounts for the store that f is about to execute in t and reports whether the run
// may go on.
func (t *Thread) store(f *callFrame) bool {
	code := f.Fn.Proto.Code[f.Pc-1]
	n, ok := f.operand(*t.stack, argB(code)).(lua.LNumber)
	if !ok || n <= farGap || n >= lua.LNumber(lua.MaxArrayIndex) || n != lua.LNumber(int(n)) {
		return true
	}
	into, _ := f.operand(*t.stack, argA(code)).(*lua.LTable)
	for range lua.MaxTableGetLoop {
		if into == nil || int(n) <= len(*arrayOf(into))+farGap {
			return true
		}
		mt, ok := into.Metatable.(*lua.LTable)
		if !ok {
			return t.lengthen(into, int(n))
		}
		next := mt.RawGetString("__newindex")
		if next == lua.LNil {
			return t.lengthen(into, int(n))
		}
		into, _ = next.(*lua.LTable)
	}
	return true
}

// lengthen makes room for n values in a table's array part.
func (t *Thread) lengthen(table *lua.LTable, n int) bool {
	array := arrayOf(table)
	if n <= cap(*array) {
		return true
	}
	const slotBytes = int64(unsafe.Sizeof(lua.LValue(nil)))
	if !t.Budget.reserve(int64(n) * slotBytes) {
		return false
	}
	longer := make([]lua.LValue, len(*array), n)
	copy(longer, *array)
	*array = longer
	return true
}

// BeforeStore is called before a Go function stores at a position of a table without
// metamethods: it does for it what is done for stores of Lua code. It raises the run's
// end in L when the budget does not allow the memory.
func BeforeStore(L *lua.LState, table *lua.LTable, position int) {
	t := Of(L)
	if t == nil || position >= lua.MaxArrayIndex || position <= len(*arrayOf(table))+farGap {
		return
	}
	if !t.lengthen(table, position) {
		t.end()
	}
}

// arrayOf is the array part of a table. Only its capacity may be changed.
func arrayOf(t *lua.LTable) *[]lua.LValue {
	return (*[]lua.LValue)(unsafe.Add(unsafe.Pointer(t), arrayOffset))
}

var arrayOffset = func() uintptr {
	f, _ := reflect.TypeFor[lua.LTable]().FieldByName("array")
	return f.Offset
}()
