package lualib

import (
	"math"

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
	const comparisonsPerUnit = 4
	step := func(comparisons int) { in.charge(L, comparisons, comparisonsPerUnit) }
	in.charge(L, n, slotsPerUnit)
	if order == nil && in.sortAlike(L, t, n, step) {
		return 0
	}
	in.host.Reserve(L, 2*int64(n)*slotSize) // values, and room to merge them
	values := make([]lua.LValue, n)
	for i := range values {
		values[i] = t.RawGetInt(i + 1)
	}
	if order != nil {
		// The VM counts the steps of the order function.
		mergeSort(values, func(a, b lua.LValue) bool { return callOrder(L, order, a, b) }, func(int) {})
	} else {
		mergeSort(values, func(a, b lua.LValue) bool { return lessThan(L, a, b) }, step)
	}
	for i, v := range values {
		t.RawSetInt(i+1, v)
	}
	return 0
}

// sortAlike sorts n elements that are all numbers or all strings, which is most
// tables and fast. It returns false, with nothing changed, for others.
func (in *instance) sortAlike(L *lua.LState, t *lua.LTable, n int, step func(int)) bool {
	switch t.RawGetInt(1).(type) {
	case lua.LNumber:
		in.host.Reserve(L, 3*8*int64(n)) // keys, room to merge them, new numbers
		return sortKeys(t, n, numberKey, numberOfKey, step)
	case lua.LString:
		in.host.Reserve(L, 3*16*int64(n))
		return sortKeys(t, n, stringKey, stringValue, step)
	}
	return false
}

// sortKeys sorts elements by keys that say all about them.
func sortKeys[K uint64 | string](t *lua.LTable, n int, key func(lua.LValue) (K, bool), value func(K) lua.LValue, step func(int)) bool {
	keys := make([]K, n)
	for i := range keys {
		k, ok := key(t.RawGetInt(i + 1))
		if !ok {
			return false
		}
		keys[i] = k
	}
	sortOrdered(keys, step)
	for i, k := range keys {
		t.RawSetInt(i+1, value(k))
	}
	return true
}

// numberKey maps numbers to integers of the same order; nan is at an end.
func numberKey(v lua.LValue) (uint64, bool) {
	n, ok := v.(lua.LNumber)
	bits := math.Float64bits(float64(n))
	if bits>>63 != 0 {
		return ^bits, ok
	}
	return bits | 1<<63, ok
}

func numberOfKey(key uint64) lua.LValue {
	if key>>63 == 0 {
		return numberValue(math.Float64frombits(^key))
	}
	return numberValue(math.Float64frombits(key &^ (1 << 63)))
}

func stringKey(v lua.LValue) (string, bool) {
	s, ok := v.(lua.LString)
	return string(s), ok
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
