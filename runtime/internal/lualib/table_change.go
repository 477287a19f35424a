package lualib

import lua "github.com/yuin/gopher-lua"

// scanChunk is how many table slots are visited between two charges.
const scanChunk = 4096

func tableInsert(L *lua.LState) int {
	t := writable(L, tableArgument(L, "insert", 1))
	end := t.Len() + 1
	if end >= lua.MaxArrayIndex {
		raise(L, "a table can have at most %d array elements", lua.MaxArrayIndex-1)
	}
	switch L.GetTop() {
	case 2:
		t.RawSetInt(end, L.Get(2))
	case 3:
		at := intArgument(L, "insert", 2)
		if at < 1 || at > end {
			argumentError(L, "insert", 2, "position out of bounds")
		}
		insertAt(L, t, at, end, L.Get(3))
	default:
		raise(L, "wrong number of arguments to 'insert'")
	}
	return 0
}

// insertAt moves up what is at position at and behind.
func insertAt(L *lua.LState, t *lua.LTable, at, end int, value lua.LValue) {
	if at == end {
		t.RawSetInt(end, value)
		return
	}
	chargeMove(L, end-at)
	t.Insert(at, value)
}

// tableRemove does nothing for a position outside the sequence, as in Lua 5.1.
func tableRemove(L *lua.LState) int {
	t := writable(L, tableArgument(L, "remove", 1))
	end := t.Len()
	at := optionalInt(L, "remove", 2, end)
	if at < 1 || at > end {
		return 0
	}
	chargeMove(L, end-at)
	L.Push(t.Remove(at))
	return 1
}

// chargeMove accounts for moving slots up or down.
func chargeMove(L *lua.LState, slots int) {
	const slotsMovedPerUnit = 64
	if slots >= slotsMovedPerUnit {
		instanceOf(L).charge(L, slots, slotsMovedPerUnit)
	}
}
