package lualib

import lua "github.com/yuin/gopher-lua"

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
		in.host.Reserve(L, 2*int64(n)*keyedSize) // and room to distribute them
		return sortNumbers(t, n, step)
	case lua.LString:
		in.host.Reserve(L, 3*int64(n)*keyedSize) // and room to merge those alike
		return in.sortStrings(L, t, n, step)
	}
	return false
}

func sortNumbers(t *lua.LTable, n int, step func(int)) bool {
	numbers := make([]keyed, n)
	for i := range numbers {
		v, ok := t.RawGetInt(i + 1).(lua.LNumber)
		if !ok {
			return false
		}
		numbers[i] = keyed{numberKey(float64(v)), t.RawGetInt(i + 1)}
		if i%comparisonsPerStep == 0 {
			step(comparisonsPerStep)
		}
	}
	writeBack(t, radixSort(numbers, step))
	return true
}

// writeBack makes the elements of t those of sorted. Nothing may stop it half-way.
func writeBack(t *lua.LTable, sorted []keyed) {
	for i, k := range sorted {
		t.RawSetInt(i+1, k.value)
	}
}

// sortStrings sorts by eight bytes of the texts, and then those that have these in
// common by all of them.
func (in *instance) sortStrings(L *lua.LState, t *lua.LTable, n int, step func(int)) bool {
	texts := make([]keyed, n)
	common, _ := t.RawGetInt(1).(lua.LString)
	for i := range texts {
		s, ok := t.RawGetInt(i + 1).(lua.LString)
		if !ok {
			return false
		}
		common = commonPrefix(common, s)
		texts[i].value = t.RawGetInt(i + 1)
		if i%comparisonsPerStep == 0 {
			step(4 * comparisonsPerStep) // a prefix takes as long as four comparisons
		}
	}
	for i := range texts {
		texts[i].key = stringKey(texts[i].value.(lua.LString)[len(common):])
		if i%comparisonsPerStep == 0 {
			step(comparisonsPerStep)
		}
	}
	texts = radixSort(texts, step)
	less := func(a, b keyed) bool {
		return in.textLess(L, string(a.value.(lua.LString)), string(b.value.(lua.LString)))
	}
	for start, end := 0, 0; start < n; start = end {
		for end = start + 1; end < n && texts[end].key == texts[start].key; {
			end++
		}
		if end-start > 1 {
			mergeSort(texts[start:end], less, step)
		}
	}
	writeBack(t, texts)
	return true
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

// textLess is a < b, charged where both are long.
func (in *instance) textLess(L *lua.LState, a, b string) bool {
	for len(a) > copyChunk && len(b) > copyChunk && a[:copyChunk] == b[:copyChunk] {
		in.charge(L, copyChunk, bytesPerUnit)
		a, b = a[copyChunk:], b[copyChunk:]
	}
	return a < b
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
			return instanceOf(L).textLess(L, string(a), string(b))
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
