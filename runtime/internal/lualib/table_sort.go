package lualib

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// tableSort is stable, unlike C Lua's. An inconsistent order function gives some
// order and no error.
func tableSort(L *lua.LState) int {
	t := writable(L, tableArgument(L, "sort", 1))
	var order *lua.LFunction
	if L.Get(2) != lua.LNil {
		order = functionArgument(L, "sort", 2)
	}
	n := t.Len()
	if n < 2 {
		return 0
	}
	in := instanceOf(L)
	in.host.Reserve(L, 2*int64(n)*slotSize) // values, and room for mergeSort
	in.charge(L, n, slotsPerUnit)
	values := make([]lua.LValue, n)
	for i := range values {
		values[i] = t.RawGetInt(i + 1)
	}
	switch {
	case order != nil:
		mergeSort(values, func(a, b lua.LValue) bool { return callOrder(L, order, a, b) }, func(int) {})
	default:
		in.sortByValue(L, values)
	}
	for i, v := range values {
		t.RawSetInt(i+1, v)
	}
	return 0
}

func callOrder(L *lua.LState, order *lua.LFunction, a, b lua.LValue) bool {
	L.Push(order)
	L.Push(a)
	L.Push(b)
	L.Call(2, 1)
	less := lua.LVAsBool(L.Get(-1))
	L.Pop(1)
	return less
}

// A keyed is a value with what it is sorted by.
type keyed[K float64 | string] struct {
	key   K
	value lua.LValue
}

func lessKey[K float64 | string](a, b keyed[K]) bool { return a.key < b.key }

// sortByValue sorts by <. All numbers and all strings are common and fast.
func (in *instance) sortByValue(L *lua.LState, values []lua.LValue) {
	const comparisonsPerUnit = 4
	step := func(n int) { in.charge(L, n, comparisonsPerUnit) }
	switch values[0].(type) {
	case lua.LNumber:
		if keys, ok := keysOf(L, values, func(v lua.LValue) (float64, bool) { n, ok := v.(lua.LNumber); return float64(n), ok }); ok {
			mergeSort(keys, lessKey[float64], step)
			restore(values, keys)
			return
		}
	case lua.LString:
		if keys, ok := keysOf(L, values, func(v lua.LValue) (string, bool) { s, ok := v.(lua.LString); return string(s), ok }); ok {
			mergeSort(keys, lessKey[string], step)
			restore(values, keys)
			return
		}
	}
	mergeSort(values, func(a, b lua.LValue) bool { return lessThan(L, a, b) }, step)
}

// keysOf pairs values with their keys, unless one has another type.
func keysOf[K float64 | string](L *lua.LState, values []lua.LValue, key func(lua.LValue) (K, bool)) ([]keyed[K], bool) {
	instanceOf(L).host.Reserve(L, 2*int64(len(values))*int64(unsafe.Sizeof(keyed[K]{})))
	keys := make([]keyed[K], len(values))
	for i, v := range values {
		k, ok := key(v)
		if !ok {
			return nil, false
		}
		keys[i] = keyed[K]{k, v}
	}
	return keys, true
}

func restore[K float64 | string](values []lua.LValue, keys []keyed[K]) {
	for i := range keys {
		values[i] = keys[i].value
	}
}

// lessThan is a < b with Lua 5.1's rules for __lt and C Lua's words for errors.
func lessThan(L *lua.LState, a, b lua.LValue) bool {
	switch a := a.(type) {
	case lua.LNumber:
		if b, ok := b.(lua.LNumber); ok {
			return a < b
		}
	case lua.LString:
		if b, ok := b.(lua.LString); ok {
			return a < b
		}
	case *lua.LTable, *lua.LUserData:
		if a.Type() == b.Type() {
			lt := L.GetMetaField(a, "__lt")
			if fn, ok := lt.(*lua.LFunction); ok && lt == L.GetMetaField(b, "__lt") {
				return callOrder(L, fn, a, b)
			}
		}
	}
	if ta, tb := typeName(a), typeName(b); ta != tb {
		raise(L, "attempt to compare %s with %s", ta, tb)
	} else {
		raise(L, "attempt to compare two %s values", ta)
	}
	return false
}
