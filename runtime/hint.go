package runtime

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// absent are what C Lua, or a later version of it, has and scripts do not, or what people
// look for as that, with what there is instead.
var absent = map[string]string{
	"io":         filesInstead,
	"os.remove":  filesInstead,
	"os.rename":  filesInstead,
	"os.tmpname": filesInstead,
	"os.getenv":  "env.get reads variables of the environment that the host grants by name: --env on the command line, stdlib.Config.Env in Go",
	"os.execute": programsInstead,
	"exec":       programsInstead,
	"os.sleep":   "time.sleep waits",
	"debug":      "an error has its stack without it",
	"package":    modulesInstead,
	"module":     modulesInstead,
	"dofile":     modulesInstead,
	"loadfile":   modulesInstead,
	"getfenv":    "load takes an environment",
	"setfenv":    "load takes an environment",
	"newproxy":   "a table can have a metatable as well",
	"socket":     "http.get asks hosts that the host program grants by name: --host on the command line, stdlib.Config.HTTP in Go",

	"string.dump":     "load compiles text, which a script stays",
	"string.split":    "text.split cuts text at a separator",
	"string.trim":     "text.trim removes white space from both ends",
	"string.contains": "text.contains looks for a text",
	"string.replace":  "text.replace replaces every occurrence of a text",
	"string.join":     "a list of texts is joined by table.concat",
	"table.map":       "list.map makes a list of what a function returns",
	"table.filter":    "list.filter keeps the items that a function chooses",
	"table.contains":  "list.find looks for an item",
	"table.keys":      "list.keys lists the keys of a table",
	"table.sort_by":   "list.sort_by sorts by a field",

	"utf8": laterLua, "bit": laterLua, "bit32": laterLua, "warn": laterLua,
	"table.move": laterLua, "math.type": laterLua, "math.tointeger": laterLua, "string.pack": laterLua, "string.unpack": laterLua,
	"coroutine.close": laterLua, "coroutine.isyieldable": laterLua,
}

const (
	filesInstead = "fs.read and fs.write reach files below directories that the host grants: --dir and --write-dir on the command line, " +
		"stdlib.Config.Dirs in Go"
	programsInstead = "the host can declare a verb for what is needed"
	modulesInstead  = "require asks the host for modules"
	laterLua        = "it came after Lua 5.1, which they are written in"
)

// Absent tells what there is instead of something that C Lua has and scripts do not,
// such as "io" or "os.remove", or that people look for as that. It is "" for all other
// names.
func (rt *Runtime) Absent(name string) string {
	instead, known := absent[name]
	if !known {
		return ""
	}
	verb, _, _ := strings.Cut(instead, " ")
	if strings.Contains(verb, ".") && rt.catalogue.verbs[verb] == nil {
		return "scripts have no " + name + ", and this host has nothing of the kind; it can declare verbs for what is needed"
	}
	return "scripts have no " + name + "; " + instead
}

// absenceHint guesses what a script meant by a name that was nil.
func (r *run) absenceHint(a *vm.Absence) string {
	switch in := a.In.(type) {
	case lua.LString:
		return r.libraryHint("string", "", a.Name)
	case *lua.LTable:
		if a.Global {
			return r.rt.globalHint(a.Name, keys(in))
		}
		for _, library := range libraries {
			if r.in.base.RawGetString(library) == in {
				return r.libraryHint(library, library+".", a.Name)
			}
		}
		return didYouMean("", a.Name, fieldNames(in))
	}
	return ""
}

// libraries are the tables of Lua's own library.
var libraries = []string{"coroutine", "math", "os", "string", "table"}

// libraryHint guesses which function of a library was meant, and writes it behind the
// prefix.
func (r *run) libraryHint(library, prefix, name string) string {
	if instead := r.rt.Absent(library + "." + name); instead != "" {
		return instead
	}
	t, ok := r.in.base.RawGetString(library).(*lua.LTable)
	if !ok {
		return ""
	}
	return didYouMean(prefix, name, keys(lualib.Content(t)))
}

func didYouMean(prefix, name string, candidates []string) string {
	if near := nearest.Name(name, candidates); near != "" && near != name {
		return "did you mean " + prefix + near + "?"
	}
	return ""
}

// quoted is a name that a script made, as messages show it.
func quoted(name string) string { return strconv.Quote(english.Clipped(name)) }

// fieldNames are what a script can ask a table for: its keys and those of the tables
// that it inherits from.
func fieldNames(t *lua.LTable) (names []string) {
	const ancestors = 8
	for range ancestors {
		luajson.Materialize(t)
		names = append(names, keys(t)...)
		mt, ok := t.Metatable.(*lua.LTable)
		if !ok {
			break
		}
		if t, ok = mt.RawGetString("__index").(*lua.LTable); !ok {
			break
		}
	}
	return names
}

// keys are the first keys of a table that are text.
func keys(t *lua.LTable) (names []string) {
	const most = 1000 // a guess is not worth more
	for key, _ := t.Next(lua.LNil); key != lua.LNil && len(names) < most; key, _ = t.Next(key) {
		if name, ok := key.(lua.LString); ok {
			names = append(names, string(name))
		}
	}
	return names
}

// globalHint guesses which global or verb was meant by a name that is neither.
func (rt *Runtime) globalHint(name string, globals []string) string {
	if instead := rt.Absent(name); instead != "" {
		return instead
	}
	if hint := didYouMean("", name, globals); hint != "" {
		return hint
	}
	var verbs []string
	for _, full := range rt.catalogue.names {
		if v := rt.catalogue.verbs[full]; v.Module() != "" && strings.EqualFold(v.Function(), name) {
			verbs = append(verbs, full)
		}
	}
	if len(verbs) == 0 || len(verbs) > 3 {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", strings.Join(verbs, " or "))
}
