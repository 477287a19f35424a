package vm

import (
	"errors"
	"io/fs"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// callerEnv is the environment of the Lua code that called the Go function that
// runs in L.
func callerEnv(L *lua.LState) *lua.LTable {
	for f := topFrame(L).Parent; f != nil; f = f.Parent {
		if !f.Fn.IsG {
			return f.Fn.Env
		}
	}
	return L.G.Global
}

// load(text or function, chunkname, mode, env) compiles a chunk. It returns nil
// and a message when the source is wrong or the function raises an error.
func load(L *lua.LState) int {
	var src string
	switch v := L.Get(1).(type) {
	case lua.LString:
		src = string(v)
	case *lua.LFunction:
		at := L.GetTop() + 1
		L.Push(piecesFunction)
		L.Push(v)
		_, r := Of(L).protect(L, at, 1)
		if r != nil {
			L.Push(lua.LNil)
			L.Push(r.value)
			return 2
		}
		src = string(L.Get(-1).(lua.LString))
		L.SetTop(at - 1)
	default:
		badArgument(L, 1, "load", "string or function expected, got "+given(L, 1))
	}
	return compileInto(L, src, 2, "=(load)")
}

func loadString(L *lua.LState) int {
	return compileInto(L, checkString(L, 1, "loadstring"), 2, "")
}

// compiledSize is how many bytes of memory a byte of source becomes, about.
const compiledSize = 32

// poll charges what compiling 512 tokens takes beside running instructions, and
// ends the compilation with the run.
func (t *Thread) poll() error {
	if !t.Budget.charge(4096) {
		return t.Budget.Cause()
	}
	return nil
}

// piecesFunction reads source for load under its protection.
var piecesFunction = &lua.LFunction{IsG: true, GFunction: readPieces}

// readPieces calls its argument until that returns nil or an empty string, and
// returns all text together.
func readPieces(L *lua.LState) int {
	reader, limit := L.Get(1), Of(L).state.opts.Compile.maxSource()
	var b strings.Builder
	for b.Len() <= limit {
		L.Push(reader)
		L.Call(0, 1)
		v := L.Get(-1)
		L.Pop(1)
		if v == lua.LNil {
			break
		}
		if !isText(v) {
			fail(L, "reader function must return a string")
		}
		piece := appendText(nil, v)
		if len(piece) == 0 {
			break
		}
		b.Write(piece)
	}
	L.Push(lua.LString(b.String()))
	return 1
}

// compileInto pushes the compiled source, or nil and why not. The chunk's name
// is the argument at index at, the mode and the environment follow it.
func compileInto(L *lua.LState, src string, at int, name string) int {
	t := Of(L)
	if name == "" {
		name = src
	}
	name = chunkName(optString(L, at, name))
	env := callerEnv(L)
	if v, ok := L.Get(at + 2).(*lua.LTable); ok {
		env = v
	}
	Reserve(L, int64(len(src))*compiledSize)
	p, err := compileChunk(name, src, t.state.opts.Compile, t.poll)
	if err != nil {
		if t.Budget.Cause() != nil {
			t.end()
		}
		L.Push(lua.LNil)
		L.Push(lua.LString(err.Error()))
		return 2
	}
	keepSource(p.fn, src)
	L.Push(t.state.function(p, env))
	return 1
}

func optString(L *lua.LState, n int, otherwise string) string {
	if s, ok := L.Get(n).(lua.LString); ok {
		return string(s)
	}
	return otherwise
}

// chunkName is how C Lua shows a chunk's name: `=name` and `@name` as they are,
// source text as [string "..."].
func chunkName(name string) string {
	if name != "" && (name[0] == '=' || name[0] == '@') {
		return name[1:]
	}
	const room = 60 - len(`[string "..."]`) - 1
	line, _, cut := strings.Cut(name, "\n")
	if len(line) > room {
		line, cut = line[:room], true
	}
	if cut {
		line += "..."
	}
	return `[string "` + line + `"]`
}

// longestModule is how many bytes of a name are looked for.
const longestModule = 1000

// require(name) returns a module's value, and runs the module the first time.
func require(L *lua.LState) int {
	name := checkString(L, 1, "require")
	if len(name) > longestModule {
		fail(L, "a module's name has at most %d bytes, and this one has %d", longestModule, len(name))
	}
	t := Of(L)
	s := t.state
	if v, ok := s.modules[name]; ok {
		L.Push(v)
		return 1
	}
	if s.loading[name] {
		fail(L, "module '%s' requires itself, directly or through another module", name)
	}
	fn := s.moduleFunction(L, t, name)
	s.loading[name] = true
	defer delete(s.loading, name)
	L.Push(fn)
	L.Push(lua.LString(name))
	L.Call(1, 1)
	v := L.Get(-1)
	if v == lua.LNil {
		v = lua.LTrue
	}
	s.modules[name] = v
	L.Push(v)
	return 1
}

// moduleFunction is the function whose result is the module.
func (s *State) moduleFunction(L *lua.LState, t *Thread, name string) *lua.LFunction {
	if s.opts.Source == nil {
		fail(L, "module '%s' not found: this host offers no module files", name)
	}
	chunk, src, err := s.opts.Source(t, name)
	if errors.Is(err, fs.ErrNotExist) {
		fail(L, "module '%s' not found: %s", name, err)
	}
	if err != nil {
		fail(L, "module '%s' cannot be read: %s", name, err)
	}
	Reserve(L, int64(len(src))*compiledSize)
	p, err := s.opts.Modules.compile(chunk, string(src), s.opts.Compile, t.poll)
	if err != nil {
		fail(L, "error loading module '%s': %s", name, err)
	}
	return s.Load(p, callerEnv(L))
}
