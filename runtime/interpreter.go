package runtime

import (
	"fmt"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// An interpreter is a Lua state with the runtime's language open in it. It works
// for one run at a time and is leased to the next one clean: every run has a
// table of globals of its own, and all else that a script can reach is sealed.
type interpreter struct {
	state *vm.State
	json  *luajson.Codec
	base  *lua.LTable // what every run's globals begin with
	run   *run        // whom it works for

	calling *lua.LState // the thread that JSON work is charged to
}

// newInterpreter makes an interpreter that works for nobody.
func newInterpreter(rt *Runtime) (*interpreter, error) {
	in := &interpreter{}
	options := vm.Options{CallDepth: MaxRecursion, Coverage: rt.config.Coverage}
	if rt.config.Require != nil {
		options.Source, options.Modules = in.source, &rt.compiled
	}
	state, err := vm.New(options)
	if err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	in.state = state
	L := state.Main()
	in.json = luajson.NewCodec(L, luajson.Options{Charge: in.chargeJSON, Reserve: in.reserveJSON, ArrayText: listText})
	for _, o := range rt.Objects() {
		in.json.Define(rowType(rt, o))
	}
	rt.language.library.Open(L, in)
	state.OpenBase()
	in.base = state.Globals()
	if coroutine, ok := in.base.RawGetString("coroutine").(*lua.LTable); ok {
		in.base.RawSetString("coroutine", lualib.Seal("coroutine", coroutine))
	}
	for _, g := range rt.language.globals {
		in.base.RawSetString(g.name, g.value)
	}
	return in, nil
}

// lease gives a run an interpreter.
func (rt *Runtime) lease(r *run) (*interpreter, error) {
	in, ok := rt.idle.Get().(*interpreter)
	if ok {
		lualib.Rebind(in.state.Main(), in)
	} else {
		var err error
		if in, err = newInterpreter(rt); err != nil {
			return nil, err
		}
	}
	in.run = r
	L := in.state.Main()
	globals := cloneTable(in.base)
	globals.RawSetString("_G", globals)
	L.G.Global, L.Env = globals, globals
	return in, nil
}

// release takes an interpreter back. One that is broken, or to whose values the
// run's error holds on, is left to the garbage collector.
func (rt *Runtime) release(in *interpreter, err error) {
	if in.state.Broken() || err != nil {
		return
	}
	in.state.Forget()
	in.json.Forget()
	in.run, in.calling = nil, nil
	rt.idle.Put(in)
}

// rowType is how rows of an object type behave in Lua.
func rowType(rt *Runtime, o *ObjectType) luajson.Type {
	object, methods := rt.catalogue.objects[o.Name], rt.language.methods[o.Name]
	t := luajson.Type{Name: o.Name, ToString: object.text}
	for _, f := range o.Fields {
		if f.Type == ID {
			t.IDs = append(t.IDs, f.Name)
		}
	}
	t.Missing = func(L *lua.LState, key string) lua.LValue {
		if fn := methods[key]; fn != nil {
			return fn
		}
		if err := object.missing(key); err != nil {
			taskOf(L).raise(L, err)
		}
		return lua.LNil
	}
	return t
}

// setGlobals gives the script its arguments and the host's values.
func (r *run) setGlobals(options RunOptions) error {
	globals := r.in.state.Globals()
	args := &lua.LTable{Metatable: lua.LNil}
	for i, a := range options.Args {
		args.RawSetInt(i+1, lua.LString(a))
	}
	globals.RawSetString("arg", args)
	params := options.Params
	if params == nil {
		params = map[string]any{}
	}
	table, err := r.toLua(params)
	if err != nil {
		return fmt.Errorf("runtime: params: %w", err)
	}
	globals.RawSetString("params", table)
	r.setValues()
	return nil
}
