package runtime

import (
	"fmt"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestACloneIsItsOwnTable(t *testing.T) {
	if err := checkTableLayout(); err != nil {
		t.Fatal(err)
	}
	original := &lua.LTable{Metatable: &lua.LTable{}}
	for i := range 50 {
		original.RawSetString(fmt.Sprint("k", i), lua.LNumber(i))
	}
	original.RawSetInt(1, lua.LString("one"))
	original.RawSet(lua.LTrue, lua.LString("true"))
	copied := cloneTable(original)
	if copied.Metatable != lua.LNil {
		t.Error("the copy has a metatable")
	}
	for i := range 50 {
		copied.RawSetString(fmt.Sprint("new", i), lua.LNumber(i))
		original.RawSetString(fmt.Sprint("other", i), lua.LNumber(i))
	}
	copied.RawSetString("k1", lua.LNil)
	copied.RawSetInt(1, lua.LString("changed"))
	if original.RawGetString("k1") != lua.LNumber(1) || original.RawGetInt(1) != lua.LString("one") || original.RawGetString("new1") != lua.LNil {
		t.Error("the original has changed")
	}
	if copied.RawGetString("other1") != lua.LNil || copied.RawGet(lua.LTrue) != lua.LString("true") {
		t.Error("the copy has changed")
	}
	var order []string
	for key, _ := copied.Next(lua.LNil); key != lua.LNil; key, _ = copied.Next(key) {
		order = append(order, key.String())
	}
	if len(order) != 101 || order[1] != "k0" || order[2] != "k2" || order[50] != "true" || order[51] != "new0" {
		t.Errorf("the keys are in the order %v", order)
	}
}
