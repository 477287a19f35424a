package runtime

import (
	"context"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// Whatever a run does, the next run in the same interpreter starts clean.
func TestAnInterpreterIsLeasedClean(t *testing.T) {
	probe := `
assert(left == nil, "a global is left")
assert(getmetatable(_G) == nil, "the metatable of _G is left")
assert(print ~= nil and pcall ~= nil and servers ~= nil and _G.print == print, "a function is missing")
assert(("x").left == nil and string.left == nil and coroutine.left == nil and math.left == nil and not pcall(function() return servers.left end))
assert(tostring({}) == "table: 0x00000001", "the numbering of objects goes on")
assert(not pcall(function() return (1).left end) and not pcall(function() return print.left end) and not pcall(function() return (nil).left end), "a type has a metatable")
assert(#try.words == 2 and try.words[1] == "a" and try.answer == 42 and tostring(try.null) == tostring(try.null), "a constant has changed")
assert(select(2, pcall(servers.get, 404)).left == nil and select(2, pcall(error, "x")) == "x", "an error has changed")
assert(type(os.time()) == "number" and os.time() > 1e9 and coroutine.running() == nil, "a library has changed")
assert(servers.list()[1].name == "web1" and servers.create{name = "n", image = 1, flavor = 2}.name == "n", "a verb has changed")
local names = {}
for name in pairs(_G) do names[#names + 1] = name end
return table.concat(names, " "), math.random(1e9), ("%s"):format("x"), #servers.list()`
	for _, dirt := range []string{
		`left = 1 _G.left = 2`,
		`setmetatable(_G, {__index = function(_, k) return k end, __newindex = function() end})`,
		`for k in pairs(_G) do if k ~= "_G" then _G[k] = nil end end`,
		`print = nil pcall = nil servers = nil string = nil`,
		`pcall(function() string.left = 1 end) pcall(rawset, string, "left", 1) pcall(function() coroutine.left = 1 end) pcall(rawset, coroutine, "left", 1)`,
		`pcall(function() getmetatable("").__index.left = 1 end) pcall(setmetatable, "", {__index = {left = 1}})`,
		`pcall(function() servers.left = 1 end) pcall(rawset, servers, "left", 1) pcall(setmetatable, servers, {__index = {left = 1}})`,
		`local s = servers.get(1) pcall(function() getmetatable(s).__index = nil end) s.left = 1`,
		`math.randomseed(1) math.random() for i = 1, 10 do tostring({}) end`,
		`local co = coroutine.wrap(function() coroutine.yield(1) end) co() left = co`,
		`local function f(n) if n > 0 then return f(n - 1) + 1 end return 0 end f(900)`,
		`try.each({1, 2, 3}, function(n) left = n try.sleep(n) end)`,
		`pcall(error, {left = 1}) error("x")`,
		`local up = {} for _, f in ipairs({pcall, string.gsub, servers.get, coroutine.wrap}) do up[f] = true end left = up`,
		`pcall(function() pcall.left = 1 end) pcall(setmetatable, pcall, {__index = {left = 1}})`,
		`pcall(function() os.time = function() return 0 end end) pcall(rawset, os, "time", nil) pcall(rawset, math, "random", function() return 0.5 end)`,
		`pcall(rawset, getmetatable(_G) or _G, "__index", function() return 1 end) pcall(rawset, _G, "_G", {})`,
		`pcall(table.insert, string, 1) pcall(table.sort, math) pcall(table.remove, servers) pcall(rawset, coroutine, 1, 1)`,
		`pcall(setmetatable, nil, {__index = {left = 1}}) pcall(setmetatable, 1, {__index = {left = 1}}) pcall(setmetatable, print, {})`,
		`pcall(function() string.format = nil end) pcall(function() string["left"] = 1 end) for k in pairs(string) do pcall(rawset, string, k, nil) end`,
		`pcall(function() try.null.left = 1 end) pcall(setmetatable, try.null, {__index = {left = 1}}) pcall(function() try.words[1] = "left" end)`,
		`setmetatable({}, {__gc = function() left = 1 end}) pcall(collectgarbage)`,
		`local co = coroutine.create(function() pcall(function() coroutine.yield() error("left") end) end) coroutine.resume(co)`,
		`left = newproxy and newproxy(true) _G[1] = 1 _G[true] = 1 _G[print] = 1`,
		`local ok, e = pcall(servers.get, 404) pcall(function() e.left = 1 getmetatable(e).left = 1 end) pcall(setmetatable, e, nil)`,
		`local s = servers.list() pcall(setmetatable, s, {__len = function() return 99 end}) pcall(function() s[1].delete = print end)`,
		`pcall(load, "left = 1") pcall(load("string.left = 1")) local f = load("left = 1", "x", "t", _G) f()`,
		`xpcall(error, function() error("in the handler") end)`,
		`pcall(string.rep, "x", -1) pcall(string.gsub, "x", "x", function() left = 1 error("x") end)`,
		`task = {spawn = print} retry = print try = nil`,
		`servers.create{name = "a", image = 1, flavor = {}}`,
		`pcall(servers.create, {}) pcall(function() servers.create{name = "a", image = {}, flavor = setmetatable({}, {__index = function() error("x") end})} end)`,
		`arg.left = 1 params.left = 1 arg, params = nil, nil`,
	} {
		rt := newCloud(t)
		want, err := runProbe(rt, probe)
		if err != nil {
			t.Fatal(renderError(err))
		}
		_, _ = script(t, rt, dirt)
		got, err := runProbe(rt, probe)
		if err != nil {
			t.Errorf("after %s\n%s", dirt, renderError(err))
		} else if got != want {
			t.Errorf("after %s\ngot  %s\nwant %s", dirt, got, want)
		}
	}
}

func runProbe(rt *Runtime, source string) (string, error) {
	p, err := Compile("probe.lua", []byte(source))
	if err != nil {
		return "", err
	}
	var out strings.Builder
	res, err := rt.Run(context.Background(), p, RunOptions{ID: "probe", Stdout: &out})
	if err != nil {
		return "", err
	}
	for _, v := range res.Values {
		out.WriteString(" ")
		if s, ok := v.(string); ok {
			out.WriteString(s)
		} else {
			out.WriteString(luanum.FormatExact(v.(float64)))
		}
	}
	return out.String(), nil
}

// The place of an error is in its own run, although an equal error was the last
// one of the run before.
func TestAnErrorShowsNothingOfTheRunBefore(t *testing.T) {
	for _, value := range []string{`"same"`, `nil`, `true`, `1`, `("sa" .. "me")`} {
		rt := newCloud(t)
		before := "\n\n\n\npcall(function()\n error(" + value + ", 0)\nend)"
		alone := fails(t, rt, "error("+value+", 0)").Render(RenderOptions{Full: true})
		for range 3 {
			if _, err := script(t, rt, before); err != nil {
				t.Fatal(err)
			}
			if after := fails(t, rt, "error("+value+", 0)").Render(RenderOptions{Full: true}); after != alone {
				t.Errorf("error(%s) after another run\n%s\nalone\n%s", value, after, alone)
			}
		}
	}
}

// Modules that a run has required are loaded again by the next one.
func TestRequiredModulesAreEachRunsOwn(t *testing.T) {
	reads := 0
	rt := newCloud(t, func(c *Config) {
		c.Require = func(name string) (string, []byte, error) {
			reads++
			return name + ".lua", []byte(`loads = (loads or 0) + 1 return {n = 0, name = ...}`), nil
		}
	})
	for run := 1; run <= 3; run++ {
		prints(t, rt, `
local m = require("m")
assert(m == require("m"))
m.n = m.n + 1
print(m.n, m.name, loads, left)
left = true`, "1\tm\t1\tnil\n")
		if reads != run {
			t.Errorf("%d modules were read in %d runs", reads, run)
		}
	}
	if !raceDetector { // under which a sync.Pool forgets
		if in, ok := rt.idle.Get().(*interpreter); !ok || in.run != nil {
			t.Error("the interpreter of a run with modules is not used again")
		}
	}
}
