package lualib

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// A mark is a userdata at index 1 of a metatable. It tells the library's
// functions, which read tables without metamethods, that a table is not what it
// seems: sealed, or filled by the host on demand. Index 1 is an array slot, so
// looking costs two comparisons for tables without metatables and one load for
// others.
const markIndex = 1

// sealed is the mark of a sealed table.
type sealed struct {
	name    string
	content *lua.LTable
}

// Seal returns a table that shows what content holds and that scripts cannot
// change: assignment, rawset and the table functions raise an error with the
// name, and its metatable is hidden. The content must not change afterwards; the
// sealed table may then be shared between states and goroutines.
//
// Reading a field goes through __index and takes 20 ns more than from a plain
// table. A plain one could not be kept from changes: a store to a field that is
// there asks no metamethod. `local insert = table.insert` reads once.
func Seal(name string, content *lua.LTable) *lua.LTable {
	s := &sealed{name: name, content: content}
	mt := NewTable(3)
	mt.RawSetInt(markIndex, &lua.LUserData{Value: s, Metatable: lua.LNil})
	mt.RawSetString("__index", content)
	mt.RawSetString("__newindex", &lua.LFunction{IsG: true, GFunction: s.refuse})
	mt.RawSetString("__metatable", lua.LFalse)
	return &lua.LTable{Metatable: mt}
}

// NewTable is a table that no state owns, with room for so many fields. One that is
// made otherwise makes room for 32 with the first.
func NewTable(fields int) *lua.LTable {
	var none *lua.LState
	return none.CreateTable(0, fields)
}

// Content is what a sealed table holds; a table that is not sealed is its own content.
// It must not be changed.
func Content(t *lua.LTable) *lua.LTable {
	if mark := markOf(t); mark != nil {
		if s, ok := mark.Value.(*sealed); ok {
			return s.content
		}
	}
	return t
}

func (s *sealed) refuse(L *lua.LState) int {
	raise(L, "the table '%s' is read-only: it cannot be given a field '%s'", s.name, keyText(L.Get(2)))
	return 0
}

// keyText is a key as an error message shows it.
func keyText(key lua.LValue) string {
	switch k := key.(type) {
	case lua.LString:
		return string(k)
	case lua.LNumber:
		return luanum.Format(float64(k))
	case lua.LBool:
		return k.String()
	}
	return typeName(key)
}

// markOf returns the mark of a table, nil for nearly all.
func markOf(t *lua.LTable) *lua.LUserData {
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	mark, _ := mt.RawGetInt(markIndex).(*lua.LUserData)
	return mark
}

// readable returns the table that raw reading of t must look at.
func readable(L *lua.LState, t *lua.LTable) *lua.LTable {
	mark := markOf(t)
	if mark == nil {
		return t
	}
	if s, ok := mark.Value.(*sealed); ok {
		return s.content
	}
	instanceOf(L).host.Materialize(t)
	return t
}

// writable returns t, ready for raw writing, or raises an error if t is sealed.
func writable(L *lua.LState, t *lua.LTable) *lua.LTable {
	mark := markOf(t)
	if mark == nil {
		return t
	}
	if s, ok := mark.Value.(*sealed); ok {
		raise(L, "the table '%s' is read-only", s.name)
	}
	instanceOf(L).host.Materialize(t)
	return t
}
