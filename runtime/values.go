package runtime

import (
	"fmt"
	"reflect"
	"sort"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
	luar "layeh.com/gopher-luar"
)

// setValues makes the host's Go values globals. gopher-luar wraps them by
// reflection: a struct's exported fields and methods, a map's elements and a
// function's arguments and results are the script's to use, and a function runs
// while its task holds the interpreter. Verbs do not go this way, because
// reflection checks no arguments by name, rounds large integers and cannot let
// other tasks go on.
func (r *run) setValues() {
	L, globals := r.in.state.Main(), r.in.state.Globals()
	names := make([]string, 0, len(r.rt.config.Values))
	for name := range r.rt.config.Values {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		v := luar.New(L, r.rt.config.Values[name])
		guardValue(v)
		globals.RawSetString(name, v)
	}
}

// gopher-luar runs a Lua function that it has handed to Go on a thread of its own,
// which counts no steps and cannot be stopped. So its functions are guarded: they
// charge their call, get Lua functions as Go functions that run them on a thread of
// the run, and have their results guarded in turn.

// guardSteps is what a call by reflection takes, about.
const guardSteps = 50

// guardValue guards what gopher-luar made of a Go value.
func guardValue(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LFunction:
		if v.IsG && isReflected(v.GFunction) {
			guardFunction(v, guardValue)
		}
	case *lua.LUserData:
		if mt, ok := v.Metatable.(*lua.LTable); ok {
			guardMetatable(mt, reflect.TypeOf(v.Value))
		}
	}
}

// guardMetatable guards the operators and methods of a Go type, once.
func guardMetatable(mt *lua.LTable, t reflect.Type) {
	const mark = "guarded"
	methods, ok := mt.RawGetString("methods").(*lua.LTable)
	if !ok || mt.RawGetString(mark) == lua.LTrue {
		return
	}
	mt.RawSetString(mark, lua.LTrue)
	mt.RawSetString("__tostring", valueToString)
	if t.Kind() == reflect.Chan {
		mt.RawSetString("__call", staticFunction(callChannel))
		mt.RawSetString("__unm", staticFunction(closeChannel))
	}
	seen := map[*lua.LFunction]bool{} // a method has two names
	for _, t := range []*lua.LTable{mt, methods} {
		t.ForEach(func(key, v lua.LValue) {
			if fn, ok := v.(*lua.LFunction); ok && !seen[fn] {
				seen[fn] = true
				if key == lua.LString("__call") {
					guardFunction(fn, guardIterator)
				} else {
					guardFunction(fn, guardValue)
				}
			}
		})
	}
}

// valueToString is tostring of a Go value: what it says of itself, or else its type and a
// number that is the same in every run, where gopher-luar shows an address.
var valueToString = staticFunction(func(L *lua.LState) int {
	v := L.CheckUserData(1)
	text := ""
	switch value := v.Value.(type) {
	case fmt.Stringer:
		text = value.String()
	case error:
		text = value.Error()
	default:
		text = lualib.Identity(L, v)
	}
	L.Push(lua.LString(text))
	return 1
})

// guardIterator guards what calling a map or slice gives.
func guardIterator(v lua.LValue) {
	if fn, ok := v.(*lua.LFunction); ok && fn.IsG {
		guardFunction(fn, guardValue)
	}
}

// guardFunction guards a function of gopher-luar, and each of its results.
func guardFunction(fn *lua.LFunction, result func(lua.LValue)) {
	reflected := fn.GFunction
	fn.GFunction = func(L *lua.LState) int {
		vm.Charge(L, guardSteps)
		for i := 1; i <= L.GetTop(); i++ {
			switch v := L.Get(i).(type) {
			case *lua.LFunction:
				L.Replace(i, callback(v))
			case *lua.LTable:
				if holdsFunction(L, v, map[*lua.LTable]bool{}) {
					taskOf(L).raise(L, Errorf(Usage, "a table given to a Go value cannot hold functions; give them as arguments of their own"))
				}
			}
		}
		n := reflected(L)
		for i := 1; i <= n; i++ {
			result(L.Get(-i))
		}
		return n
	}
}

// callback is fn for gopher-luar, which calls it on a thread of its own: it runs on
// one that counts and stops.
func callback(fn *lua.LFunction) *lua.LFunction {
	return staticFunction(func(L *lua.LState) int {
		t := vm.Of(L)
		if t == nil || t.Budget == nil {
			L.RaiseError("a Lua function was called by Go after the call that it was given to had ended")
		}
		args := make([]lua.LValue, L.GetTop())
		for i := range args {
			args[i] = L.Get(i + 1)
			guardValue(args[i])
		}
		results, err := t.Call(fn, args...)
		if err != nil {
			t.Rethrow(err)
		}
		for _, v := range results {
			L.Push(v)
		}
		return len(results)
	})
}

// holdsFunction reports whether a function is anywhere in a table. It raises an error
// in L for a table that gopher-luar could not walk through.
func holdsFunction(L *lua.LState, t *lua.LTable, seen map[*lua.LTable]bool) (found bool) {
	if seen[t] {
		return false
	}
	if seen[t] = true; len(seen) > maxReflected {
		taskOf(L).raise(L, Errorf(Usage, "a table given to a Go value may have %d tables in it, and has more", maxReflected))
	}
	t.ForEach(func(_, v lua.LValue) {
		vm.Charge(L, 1)
		switch v := v.(type) {
		case *lua.LFunction:
			found = true
		case *lua.LTable:
			found = found || holdsFunction(L, v, seen)
		}
	})
	return found
}

// maxReflected bounds the tables inside one another, because each takes Go stack.
const maxReflected = 10_000

// isReflected reports whether a function is one of the two that gopher-luar makes of
// every Go function.
func isReflected(fn lua.LGFunction) bool {
	p := reflect.ValueOf(fn).Pointer()
	return p == reflectedFunctions[0] || p == reflectedFunctions[1]
}

var reflectedFunctions = func() (pointers [2]uintptr) {
	L := lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 128})
	defer L.Close()
	for i, f := range []any{func() {}, func(*luar.LState) int { return 0 }} {
		pointers[i] = reflect.ValueOf(luar.New(L, f).(*lua.LFunction).GFunction).Pointer()
	}
	return pointers
}()
