package runtime

import (
	"sort"

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
		globals.RawSetString(name, luar.New(L, r.rt.config.Values[name]))
	}
}
