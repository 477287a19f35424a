package lualib

import lua "github.com/yuin/gopher-lua"

// Concat is the operator .. as a function of all operands of a chain, a..b..c.
// The VM's own operator shows numbers with 17 digits and charges nothing; a
// compiler that rewrites chains to calls of this function makes .. and tostring
// agree and bounds s = s..s. Strings and numbers are joined in one go; another
// operand needs __concat, which applies from the right as in Lua.
func Concat(L *lua.LState) int {
	in := instanceOf(L)
	last := L.GetTop()
	right := L.Get(last)
	for last > 1 {
		first := last
		if isText(right) {
			for first > 1 && isText(L.Get(first-1)) {
				first--
			}
		}
		if first == last {
			right = concatWithMethod(L, L.Get(last-1), right)
			last--
			continue
		}
		out := in.take(L)
		for i := first; i < last; i++ {
			out.writeValue(L.Get(i))
		}
		out.writeValue(right)
		right = stringValue(out.finish())
		last = first
	}
	L.Push(right)
	return 1
}

func isText(v lua.LValue) bool {
	switch v.(type) {
	case lua.LString, lua.LNumber:
		return true
	}
	return false
}

func (o *output) writeValue(v lua.LValue) {
	switch v := v.(type) {
	case lua.LString:
		o.writeString(string(v))
	case lua.LNumber:
		o.writeNumber(float64(v))
	}
}

func concatWithMethod(L *lua.LState, left, right lua.LValue) lua.LValue {
	method := L.GetMetaField(left, "__concat")
	if method == lua.LNil {
		method = L.GetMetaField(right, "__concat")
	}
	if method == lua.LNil {
		culprit := left
		if isText(left) {
			culprit = right
		}
		raise(L, "attempt to concatenate a %s value", typeName(culprit))
	}
	return callMethod(L, method, left, right)
}
