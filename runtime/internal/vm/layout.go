package vm

import (
	"fmt"
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// gopher-lua does not export what a good error message needs: the instruction
// that each frame is at. The types here mirror the few of its structs that are
// read, and checkLayout compares them with the real ones before the first use. Two things
// are written: the instruction that comes next, by comparisons, and a longer array for a
// table, by stores far behind its end.

type callFrame struct {
	Idx        int
	Fn         *lua.LFunction
	Parent     *callFrame
	Pc         int
	Base       int
	LocalBase  int
	ReturnBase int
	NArgs      int
	NRet       int
	TailCall   int
}

var currentFrameOffset = func() uintptr {
	f, _ := reflect.TypeFor[lua.LState]().FieldByName("currentFrame")
	return f.Offset
}()

// topFrame is the frame that L executes, or nil.
func topFrame(L *lua.LState) *callFrame { return *frameOf(L) }

func frameOf(L *lua.LState) **callFrame {
	return (**callFrame)(unsafe.Add(unsafe.Pointer(L), currentFrameOffset))
}

// stringMetatable is the metatable of the strings of L's state, which
// LState.GetMetatable does not tell when __metatable hides it.
func stringMetatable(L *lua.LState) *lua.LTable {
	all := *(*map[int]lua.LValue)(unsafe.Add(unsafe.Pointer(L.G), metatablesOffset))
	mt, _ := all[int(lua.LTString)].(*lua.LTable)
	return mt
}

var metatablesOffset = func() uintptr {
	f, _ := reflect.TypeFor[lua.Global]().FieldByName("builtinMts")
	return f.Offset
}()

// Stack is what lies on L's stack, values included that it no longer needs: the
// slice that the registry begins with. It must not be changed.
func Stack(L *lua.LState) []lua.LValue { return *stackOf(L) }

func stackOf(L *lua.LState) *[]lua.LValue {
	registry := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(L), registryOffset))
	return (*[]lua.LValue)(registry)
}

// stackSize is how many values L's stack has room for.
func stackSize(L *lua.LState) int { return cap(Stack(L)) }

var registryOffset = func() uintptr {
	f, _ := reflect.TypeFor[lua.LState]().FieldByName("reg")
	return f.Offset
}()

// checkLayout reports a gopher-lua whose structs are not the mirrored ones.
func checkLayout() error {
	f, ok := reflect.TypeFor[lua.LState]().FieldByName("currentFrame")
	if !ok || f.Type.Kind() != reflect.Pointer {
		return fmt.Errorf("vm: this gopher-lua has no LState.currentFrame")
	}
	if g, ok := reflect.TypeFor[lua.Global]().FieldByName("builtinMts"); !ok || g.Type != reflect.TypeFor[map[int]lua.LValue]() {
		return fmt.Errorf("vm: this gopher-lua has no Global.builtinMts of type map[int]LValue")
	}
	if others[lua.OP_LT] == nil || others[lua.OP_LE] == nil {
		return fmt.Errorf("vm: this gopher-lua has no jumpTable of its instructions")
	}
	if t, ok := reflect.TypeFor[lua.LTable]().FieldByName("array"); !ok || t.Type != reflect.TypeFor[[]lua.LValue]() {
		return fmt.Errorf("vm: this gopher-lua has no LTable.array of type []LValue")
	}
	reg, ok := reflect.TypeFor[lua.LState]().FieldByName("reg")
	if !ok || reg.Type.Kind() != reflect.Pointer || reg.Type.Elem().Field(0).Type != reflect.TypeFor[[]lua.LValue]() {
		return fmt.Errorf("vm: this gopher-lua has no LState.reg that begins with a []LValue")
	}
	real, mirror := f.Type.Elem(), reflect.TypeFor[callFrame]()
	if real.NumField() != mirror.NumField() || real.Size() != mirror.Size() {
		return fmt.Errorf("vm: gopher-lua's call frame has %d fields, expected %d", real.NumField(), mirror.NumField())
	}
	for i := range mirror.NumField() {
		r, m := real.Field(i), mirror.Field(i)
		if r.Name != m.Name || r.Offset != m.Offset || r.Type.Kind() != m.Type.Kind() {
			return fmt.Errorf("vm: gopher-lua's call frame has %s %s, expected %s %s", r.Name, r.Type, m.Name, m.Type)
		}
	}
	return nil
}
