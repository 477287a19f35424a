package runtime

import (
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// defineObjects makes the object types known to the codec that makes their rows.
func (r *run) defineObjects() {
	for _, o := range r.rt.Objects() {
		bound := r.rt.catalogue.objects[o.Name]
		t := luajson.Type{Name: o.Name}
		for _, f := range o.Fields {
			if f.Type == ID {
				t.IDs = append(t.IDs, f.Name)
			}
		}
		methods := map[string]*lua.LFunction{}
		t.Missing = func(L *lua.LState, key string) lua.LValue {
			if fn := methods[key]; fn != nil {
				return fn
			}
			if v := bound.methods[key]; v != nil {
				methods[key] = L.NewFunction(r.verbFunction(v))
				return methods[key]
			}
			return lua.LNil
		}
		r.json.Define(t)
	}
}
