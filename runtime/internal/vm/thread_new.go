package vm

import (
	"fmt"
	"reflect"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

//lint:file-ignore U1000 Mirrored structs have all fields of the real ones.

// NewThread makes two tables of globals that it throws away again, which take
// more than half of its time and memory. So only the first thread of a state is
// made by it; the others are copies of that one with a stack of their own. The
// types here mirror gopher-lua's, which checkThreadLayout compares with the real
// ones before the first use.

type registryLayout struct {
	array   []lua.LValue
	top     int
	growBy  int
	maxSize int
	alloc   unsafe.Pointer // of numbers; the threads of a state can share it
	handler interfaceLayout
}

type frameStackLayout struct {
	segments []*frameSegment
	segIdx   uint16
	segSp    uint8
}

type frameSegment struct {
	array [lua.FramesPerSegment]callFrame
}

// An interfaceLayout is an interface value: its type and methods, and a pointer.
type interfaceLayout struct{ methods, data unsafe.Pointer }

// newLuaThread is L.NewThread of the main state.
func (s *State) newLuaThread() *lua.LState {
	if s.blank == nil {
		s.blank, _ = s.main.NewThread() // the main state has no context, so neither has this
	}
	L := new(lua.LState)
	*L = *s.blank
	L.Env = s.main.Env

	registry := **registryOf(s.blank)
	registry.array = make([]lua.LValue, len(registry.array))
	registry.handler.data = unsafe.Pointer(L)
	*registryOf(L) = &registry

	segments := make([]*frameSegment, (s.opts.CallDepth+lua.FramesPerSegment-1)/lua.FramesPerSegment)
	segments[0] = &frameSegment{}
	framesOf(L).data = unsafe.Pointer(&frameStackLayout{segments: segments})
	return L
}

func registryOf(L *lua.LState) **registryLayout {
	return (**registryLayout)(unsafe.Add(unsafe.Pointer(L), registryOffset))
}

func framesOf(L *lua.LState) *interfaceLayout {
	return (*interfaceLayout)(unsafe.Add(unsafe.Pointer(L), framesOffset))
}

var framesOffset = func() uintptr {
	f, _ := reflect.TypeFor[lua.LState]().FieldByName("stack")
	return f.Offset
}()

// checkThreadLayout reports a gopher-lua whose threads are not the mirrored ones.
func checkThreadLayout() error {
	L := lua.NewState(lua.Options{CallStackSize: 8, RegistrySize: 128, SkipOpenLibs: true, MinimizeStackMemory: true})
	defer L.Close()
	thread := reflect.ValueOf(L).Elem()
	registry, frames := thread.FieldByName("reg"), thread.FieldByName("stack")
	if registry.Kind() != reflect.Pointer || frames.Kind() != reflect.Interface || frames.Elem().Kind() != reflect.Pointer {
		return fmt.Errorf("vm: this gopher-lua has no LState.reg and LState.stack that are pointers")
	}
	if err := sameLayout(registry.Type().Elem(), reflect.TypeFor[registryLayout]()); err != nil {
		return err
	}
	if err := sameLayout(frames.Elem().Type().Elem(), reflect.TypeFor[frameStackLayout]()); err != nil {
		return err
	}
	segment := frames.Elem().Elem().FieldByName("segments").Type().Elem().Elem()
	return sameLayout(segment, reflect.TypeFor[frameSegment]())
}

// sameLayout compares a struct of gopher-lua's with its mirror.
func sameLayout(real, mirror reflect.Type) error {
	if real.Kind() != reflect.Struct || real.NumField() != mirror.NumField() || real.Size() != mirror.Size() {
		return fmt.Errorf("vm: gopher-lua's %s is not the expected one, which has %d fields in %d bytes", real, mirror.NumField(), mirror.Size())
	}
	for i := range mirror.NumField() {
		r, m := real.Field(i), mirror.Field(i)
		if r.Name != m.Name || r.Offset != m.Offset || shape(r.Type) != shape(m.Type) {
			return fmt.Errorf("vm: gopher-lua's %s has %s %s, expected %s %s", real, r.Name, r.Type, m.Name, m.Type)
		}
	}
	return nil
}

// shape is the kind of a field as far as a mirror has to have it.
func shape(t reflect.Type) reflect.Kind {
	switch {
	case t.Kind() == reflect.Pointer:
		return reflect.UnsafePointer
	case t == reflect.TypeFor[interfaceLayout]():
		return reflect.Interface
	}
	return t.Kind()
}
