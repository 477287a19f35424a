package runtime

import (
	"fmt"
	"maps"
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// Every run gets a table of globals of its own. Filling one entry by entry costs
// three allocations and two map insertions each, most of what a short run costs;
// copying gopher-lua's maps whole costs a tenth. The type here mirrors LTable,
// which checkTableLayout compares with the real one before the first use.

type tableLayout struct {
	Metatable lua.LValue

	array   []lua.LValue
	dict    map[lua.LValue]lua.LValue
	strdict map[string]lua.LValue
	keys    []lua.LValue
	k2i     map[lua.LValue]int
}

// cloneTable copies a table, not what it holds. The copy has no metatable.
func cloneTable(t *lua.LTable) *lua.LTable {
	from := (*tableLayout)(unsafe.Pointer(t))
	to := &lua.LTable{Metatable: lua.LNil}
	copied := (*tableLayout)(unsafe.Pointer(to))
	copied.array = append([]lua.LValue(nil), from.array...)
	copied.dict = maps.Clone(from.dict)
	copied.strdict = maps.Clone(from.strdict)
	copied.keys = append(make([]lua.LValue, 0, len(from.keys)+8), from.keys...)
	copied.k2i = maps.Clone(from.k2i)
	return to
}

// checkTableLayout reports a gopher-lua whose tables are not the mirrored ones.
func checkTableLayout() error {
	real, mirror := reflect.TypeFor[lua.LTable](), reflect.TypeFor[tableLayout]()
	if real.NumField() != mirror.NumField() || real.Size() != mirror.Size() {
		return fmt.Errorf("gopher-lua's table has %d fields, expected %d", real.NumField(), mirror.NumField())
	}
	for i := range mirror.NumField() {
		r, m := real.Field(i), mirror.Field(i)
		if r.Name != m.Name || r.Offset != m.Offset || r.Type != m.Type {
			return fmt.Errorf("gopher-lua's table has %s %s, expected %s %s", r.Name, r.Type, m.Name, m.Type)
		}
	}
	return nil
}
