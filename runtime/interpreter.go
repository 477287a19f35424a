package runtime

import (
	"fmt"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// An interpreter is a Lua state with the runtime's language open in it. It works
// for one run at a time.
type interpreter struct {
	state *vm.State
	json  *luajson.Codec
	run   *run // whom it works for

	calling *lua.LState // the thread that JSON work is charged to
}

// newInterpreter makes the interpreter of a run.
func newInterpreter(rt *Runtime, r *run) (*interpreter, error) {
	in := &interpreter{run: r}
	options := vm.Options{}
	if rt.config.Require != nil {
		options.Source = in.source
	}
	state, err := vm.New(options)
	if err != nil {
		return nil, fmt.Errorf("runtime: %w", err)
	}
	in.state = state
	L := state.Main()
	in.json = luajson.NewCodec(L, luajson.Options{Charge: in.chargeJSON})
	for _, o := range rt.Objects() {
		in.json.Define(rowType(rt, o))
	}
	rt.language.library.Open(L, in)
	state.OpenBase()
	for _, g := range rt.language.globals {
		state.Globals().RawSetString(g.name, g.value)
	}
	return in, nil
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
