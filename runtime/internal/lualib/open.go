package lualib

import (
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// A Function is a Go function under its name in Lua, "print" or "os.getenv".
type Function struct {
	Name string
	Fn   lua.LGFunction
}

// Config says what a Library holds beyond the standard functions.
type Config struct {
	// Extra are functions that the host grants. One with the name of a standard
	// function replaces it; a new prefix makes a new table.
	Extra []Function
}

// A Library is a set of functions and tables, immutable and safe to share
// between states and goroutines.
type Library struct {
	globals    []global // sorted by name
	stringMeta *lua.LTable
}

type global struct {
	name  string
	value lua.LValue
}

// New builds a library. Its tables are sealed: scripts read but cannot change
// them.
func New(config Config) *Library {
	functions := standardFunctions()
	for _, f := range config.Extra {
		functions[f.Name] = f.Fn
	}
	names := make([]string, 0, len(functions))
	for name := range functions {
		names = append(names, name)
	}
	slices.Sort(names)

	lib := &Library{}
	tables := map[string]*lua.LTable{}
	for _, name := range names {
		value := &lua.LFunction{IsG: true, GFunction: functions[name]}
		module, field, nested := strings.Cut(name, ".")
		if !nested {
			lib.globals = append(lib.globals, global{name, value})
			continue
		}
		if tables[module] == nil {
			tables[module] = &lua.LTable{Metatable: lua.LNil}
		}
		tables[module].RawSetString(field, value)
	}
	tables["string"].RawSetString("gfind", tables["string"].RawGetString("gmatch")) // its name in Lua 5.0
	for name, value := range mathConstants() {
		tables["math"].RawSetString(name, value)
	}
	for name, table := range tables {
		lib.globals = append(lib.globals, global{name, Seal(name, table)})
	}
	lib.globals = append(lib.globals, global{"_VERSION", lua.LString("Lua 5.1")})
	slices.SortFunc(lib.globals, func(a, b global) int { return strings.Compare(a.name, b.name) })
	lib.stringMeta = stringMetatable(tables["string"])
	return lib
}

// standardFunctions are all functions by their full names.
func standardFunctions() map[string]lua.LGFunction {
	all := map[string]lua.LGFunction{}
	for _, group := range [][]Function{baseFunctions(), stringFunctions(), tableFunctions(), mathFunctions(), osFunctions()} {
		for _, f := range group {
			all[f.Name] = f.Fn
		}
	}
	return all
}

// stringMetatable is the metatable of all strings. Scripts see false instead.
func stringMetatable(methods *lua.LTable) *lua.LTable {
	mt := &lua.LTable{Metatable: lua.LNil}
	mt.RawSetString("__index", methods)
	mt.RawSetString("__metatable", lua.LFalse)
	return mt
}

// Open makes the library's functions globals of L's state, adds _G, and ties the
// state to its host. The threads of a state share what Open did.
func (lib *Library) Open(L *lua.LState, host Host) {
	for _, g := range lib.globals {
		L.G.Global.RawSetString(g.name, g.value)
	}
	L.G.Global.RawSetString("_G", L.G.Global)
	L.SetMetatable(lua.LString(""), lib.stringMeta)
	Rebind(L, host)
}

// Rebind gives a state that has the library open to another run: the ids of
// tostring and the generator of math.random start again. Nothing of the run
// before may still be running.
func Rebind(L *lua.LState, host Host) {
	if in := findInstance(L); in != nil {
		in.host, in.random, in.ids = host, generator{}, identities{}
		return
	}
	holder := &lua.LUserData{Value: &instance{host: host}, Metatable: lua.LNil}
	L.G.Registry.RawSetInt(registryIndex, holder)
}
