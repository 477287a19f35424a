package runtime

import (
	"slices"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	lua "github.com/yuin/gopher-lua"
)

// Library are the full names of what Lua itself gives to scripts, "print" or
// "string.format", and of its libraries, "string", sorted.
func (rt *Runtime) Library() []string {
	in, err := rt.lease(nil)
	if err != nil {
		return nil // and no run has an interpreter either
	}
	defer rt.release(in, nil)
	names := slices.Clone(libraries)
	for _, name := range keys(in.base) {
		if f, ok := in.base.RawGetString(name).(*lua.LFunction); ok && rt.language.verbs[f] == nil {
			names = append(names, name)
		}
	}
	for _, library := range libraries {
		if t, ok := in.base.RawGetString(library).(*lua.LTable); ok {
			for _, name := range keys(lualib.Content(t)) {
				names = append(names, library+"."+name)
			}
		}
	}
	slices.Sort(names)
	return names
}
