package vm

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestLoad(t *testing.T) {
	m := newMachine(t, Options{Compile: CompileOptions{MaxSource: 1000}})
	out, err := m.run("x", `
print(load("return 1 + 1")(), loadstring("return ...")("a", "b"))
print(load("x ="))
print(load("x =", "=named")) print(load("x =", "@file.lua")) print(load("line one\nx ="))
print(loadstring("\27Lua"))
local parts, i = {"return ", "4", "2", nil}, 0
print(load(function() i = i + 1 return parts[i] end, "parts")())
print(load(function() return {} end))
print(load(function() error("reader", 0) end))
print(load("return y", "env", "t", {y = "own"})())
g = "global" print(load("return g")())
print((load("local a, b = 1, 2; a, b = b, a; return a")()))
print(load(("x = 1 "):rep(500)))
print(load(function() return ("x = 1 "):rep(5) end))
print(pcall(load)) print(pcall(loadstring, {}))
print(loadstring("#!shebang\nreturn 'after'")())`, CallOptions{})
	if err != nil {
		t.Error(err)
	}
	golden(t, "testdata/errors/load.out", out)
}

func TestLoadedCodeHasItsCallersGlobals(t *testing.T) {
	m := newMachine(t, Options{})
	p, err := Compile("x", []byte(`y = "mine" print(load("return y")()) loadstring("z = 1")()`), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	env := m.Main().NewTable()
	env.Metatable = m.Main().NewTable()
	env.Metatable.(*lua.LTable).RawSetString("__index", m.Globals())
	if _, err := m.Call(CallOptions{}, m.Load(p, env)); err != nil || m.out.String() != "mine\n" {
		t.Errorf("%q, %v", m.out.String(), err)
	}
	if m.Globals().RawGetString("z") != lua.LNil || env.RawGetString("z") == lua.LNil {
		t.Error("a chunk that was loaded wrote to other globals than its loader's")
	}
}

func TestRequire(t *testing.T) {
	files := map[string]string{
		"counter":  `count = (count or 0) + 1 return {count = count, name = ...}`,
		"nothing":  `local x = 1`,
		"syntax":   "x = 1\nx = = 2",
		"fails":    `error("while loading")`,
		"cycle":    `return require("cycle2")`,
		"cycle2":   `return require("cycle")`,
		"swapping": `local a, b = 1, 2; a, b = b, a; return a`,
	}
	m := newMachine(t, Options{Source: func(th *Thread, module string) (string, []byte, error) {
		if th == nil || th.State() == nil {
			t.Error("Source got no thread")
		}
		if module == "broken" {
			return "", nil, errors.New("disk on fire")
		}
		src, ok := files[module]
		if !ok {
			return "", nil, fmt.Errorf("%s.lua: %w", module, fs.ErrNotExist)
		}
		return module + ".lua", []byte(src), nil
	}})
	out, err := m.run("x", `
local c = require("counter") print(c.count, c.name, require("counter") == c, count)
print(require("nothing"), require("swapping"))
for _, name in ipairs({"syntax", "missing", "broken", "fails", "fails", "cycle", "cycle"}) do print(select(2, pcall(require, name))) end
print(pcall(require))`, CallOptions{})
	if err != nil {
		t.Error(err)
	}
	golden(t, "testdata/errors/require.out", out)

	out, err = newMachine(t, Options{}).run("x", `print(pcall(require, "any"))`, CallOptions{})
	if err != nil || !strings.Contains(out, "module 'any' not found: this host offers no module files") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestChunkName(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"=stdin", "stdin"},
		{"@deploy.lua", "deploy.lua"},
		{"return 1", `[string "return 1"]`},
		{"one\ntwo", `[string "one..."]`},
		{"", `[string ""]`},
		{strings.Repeat("x", 100), `[string "` + strings.Repeat("x", 45) + `..."]`},
	} {
		if got := chunkName(test.name); got != test.want {
			t.Errorf("%q: got %s, expected %s", test.name, got, test.want)
		}
	}
}
