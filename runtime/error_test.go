package runtime

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// Each case is a script and the error that its user sees, in the golden file of
// its name.
var shownErrors = []struct{ name, source string }{
	{"unknown verb", `
local image = 112
servers.creat{name = "web1", image = image, flavor = 1}`},
	{"unknown parameter", `servers.create{name = "web1", image = 112, flavour = 1}`},
	{"unknown parameter far off", `servers.get{uuid = 3}`},
	{"unknown parameter of a long name", `servers.get{[("x"):rep(1e6)] = 3}`},
	{"unknown verb of a long name", `servers[("x"):rep(1e6)]()`},
	{"function below a long name", `try.echo{any = {[("x"):rep(1e6)] = print}}`},
	{"missing parameter", `servers.create{name = "web1", image = 112}`},
	{"wrong type", `servers.create{name = 17, image = 112, flavor = 1}`},
	{"wrong type of an id", `servers.get(true)`},
	{"id of a table without one", `servers.reboot(params)`},
	{"not in the enum", `servers.reboot(7, "HRAD")`},
	{"not near the enum", `servers.reboot(7, "now")`},
	{"fraction for a whole number", `servers.list(1.5)`},
	{"huge whole number", `servers.list(1e300)`},
	{"not a duration", `try.sleep("tomorrow")`},
	{"duration out of range", `try.sleep(1e300)`},
	{"too many arguments", `servers.get(1, 2)`},
	{"position and name", `servers.reboot(1, {id = 2})`},
	{"value without a name", `servers.create{"web1", image = 1, flavor = 1}`},
	{"only by name", `try.echo(1, 2)`},
	{"no parameters", `try.fail(1)`},
	{"unknown parameter of none", `try.fail{a = 1}`},
	{"function where data is expected", `try.echo{any = {a = {b = print}}}`},
	{"list for a table", `try.echo{table = {1, 2}}`},
	{"table for a list", `try.echo{list = {a = 1}}`},
	{"table in a table of strings", `try.echo{strings = {a = {}}}`},
	{"list for a table of strings", `try.echo{strings = {"a"}}`},
	{"cycle", `local t = {} t.t = t try.echo{any = t}`},
	{"secret of a wrong type", "local key = \"hunter2\"\ntry.echo{secret = key}"},
	{"long text of a wrong type", `servers.list(("x"):rep(100))`},
	{"assignment to a module", `servers.creat = 1`},
	{"near miss of a field", `print(servers.get(7).nmae)`},
	{"near miss of a field of an error", `
local ok, e = pcall(servers.get, 404)
if e.kinds == "not_found" then print("gone") end`},
	{"near miss of a method", `servers.get(7):rebot()`},
	{"module called as an object", `servers:get(7)`},
	{"three calls deep", `
local function inner(server)
  return server.name .. server.address.v4
end
local function middle(list)
  for _, server in ipairs(list) do print(inner(server)) end
end
function outer() middle(servers.list()) end
outer()`},
	{"nil global", `server.reboot()`},
	{"near miss of a global", `local x = serverz.list()`},
	{"near miss in the library", `print(string.fromat("%d", 1))`},
	{"near miss by chance", `local t = {} t.fromat()`},
	{"near miss in a table", `local options = {host = "a"} print("to " .. options.hots)`},
	{"near miss of a method of strings", `local s = "a" print(s:uper())`},
	{"near miss of an inherited method", `
local Fleet = {}
Fleet.__index = Fleet
function Fleet.reboot() end
setmetatable({}, Fleet):rebot()`},
	{"near miss of a function of the script", "function deploy() end\ndepoly()"},
	{"near miss inside a table", `local config = {disk = {size = 1}} print(config.disk.siez + 1)`},
	{"near miss of a captured table", "local config = {size = 1}\nlocal function f() return config.siez * 2 end\nf()"},
	{"nothing near", `local config = {size = 1} print(config.colour.red)`},
	{"library that is absent", `local f = io.open("a.txt")`},
	{"function that is absent", `os.execute("ls")`},
	{"program to start", `exec.run("ls")`},
	{"call of a global that is a verb elsewhere", `sleep(3)`},
	{"not found", `
local function find(id)
  local s = servers.get(id)
  return s
end
print(find(404).name)`},
	{"refused key", `servers.get(401)`},
	{"no network", `servers.get(0)`},
	{"over limit", `servers.create("full", 1, 2)`},
	{"error with a table", `error({code = 5, message = "mine"})`},
	{"error with a table that has tostring", `error(setmetatable({}, {__tostring = function() return "my own words" end}))`},
	{"error with nothing", `error()`},
	{"error with a table of values", `error({1, "two", {three = true}})`},
	{"error with a list of a verb", `error(servers.list())`},
	{"error with a long table", `error({("x"):rep(300)})`},
	{"assert with values", "local password = \"hunter2\"\nlocal list = {{name = \"web1\", adminPass = password}}\nassert(#list == 2, \"too few\", #list, nil, list)"},
	{"assert with values only", `assert(false, nil, "a", print)`},
	{"error with a secret", "local password = \"hunter2\"\nerror({adminPass = password, id = 1})"},
	{"error in a tostring", `error(setmetatable({}, {__tostring = function() error("nested") end}))`},
	{"in a chunk of load", "local check = load('local t\\nreturn t.x', '=config')\ncheck()"},
	{"in a chunk without a name", "load('error(\"of the chunk\")')()"},
	{"in a later chunk of the same name", "local a = load('local t\\nreturn t.a')\nlocal b = load('local t\\nreturn t.b')\npcall(b)\na()"},
	{"in a function of a chunk", "load('function check(t)\\n  return t.x.y\\nend')()\ncheck({})"},
	{"raised for the caller in a chunk", "load('local function f() error(\"no\", 2) end\\nf()')()"},
	{"in an operator", "local function label(name)\n  return \"server \" .. name\nend\nprint(label())"},
	{"in a tail call", "local function inner(t) return t.a.b end\nlocal function outer(t) return inner(t) end\nouter({})"},
	{"error without position", `error("plain", 0)`},
	{"rethrown", `
local function work()
  servers.get(404)
end
local ok, e = pcall(work)
-- some lines later
error(e)`},
	{"rethrown text", `
local function work()
  local t
  t.x = 1
end
local ok, e = pcall(work)
error(e, 0)`},
	{"changed and rethrown", `
local ok, e = pcall(servers.get, 404)
e.message = "while looking for web1: " .. e.message
error(e)`},
	{"in a callback", `
try.apply(function(x)
  servers.get(x)
end, 404)`},
	{"in an item", `
try.each({1, 404, 3}, function(id)
  return servers.get(id).name
end)`},
	{"in an item of an item", `
try.each({"a", "b"}, function(letter)
  try.each({1, 2, 3}, function(n) assert(letter .. n ~= "b3", "b3 is bad") end)
end, {limit = 1})`},
	{"in a coroutine", `
local co = coroutine.wrap(function() servers.get(404) end)
co()`},
	{"host without a kind", `try.fail()`},
	{"host panics", `try.panic()`},
	{"host panics inline", `pcall(try.panic_inline) try.panic_inline()`},
	{"host returns nonsense", `try.odd()`},
	{"syntax", "local x = 5\nlocal y = = 3\n"},
	{"syntax with tabs", "if true then\n\t\tlocal y = ) 3\nend"},
	{"unfinished", "for i = 1, 3 do\n  print(i)\n"},
	{"require without a host", `require("x")`},
	{"deep recursion", "local function f() return 1 + f() end\nf()"},
}

// leftOut is how many frames a deep stack leaves out, which depends on the limit
// of its depth.
var leftOut = regexp.MustCompile(`\(\.\.\. \d+ more\)`)

func TestShownErrors(t *testing.T) {
	rt := newCloud(t)
	for _, test := range shownErrors {
		t.Run(test.name, func(t *testing.T) {
			_, err := script(t, rt, test.source)
			if err == nil {
				t.Fatal("no error")
			}
			text := leftOut.ReplaceAllString(renderError(err), "(... N more)")
			if strings.Contains(text, ".go:") || strings.Contains(text, "goroutine") {
				t.Errorf("a Go stack is shown:\n%s", text)
			}
			if strings.Contains(text, "hunter2") {
				t.Errorf("a secret is shown:\n%s", text)
			}
			golden(t, "errors/"+strings.ReplaceAll(test.name, " ", "-")+".txt",
				fmt.Sprintf("%s\n----\n%s", strings.TrimPrefix(test.source, "\n"), text))
		})
	}
}

// An error that is raised again keeps its first place; another one with the same
// text has its own.
func TestOnlyTheSameErrorRaisedAgainKeepsItsPlace(t *testing.T) {
	for source, line := range map[string]int{
		"local ok, e = pcall(function()\n error('busy', 0)\nend)\nerror(e, 0)":                                            2,
		"pcall(function()\n error('busy', 0)\nend)\n\nlocal function f()\n error('busy', 0)\nend\nf()":                    6,
		"pcall(function()\n error(('bu') .. 'sy', 0)\nend)\nerror('busy', 0)":                                             4,
		"local e = {message = 'busy'}\nlocal _, again = pcall(function()\n error(e)\nend)\nerror(again)":                  3,
		"local _, e = pcall(coroutine.wrap(function()\n error('busy', 0)\nend))\nlocal function f() error(e, 0) end\nf()": 2,
	} {
		if e := fails(t, newCloud(t), source); e.Position.Line != line {
			t.Errorf("%s\nis said to fail in line %d, want %d", source, e.Position.Line, line)
		}
	}
}

func TestAHandlerThatWaitsHidesNoOtherTasksPlace(t *testing.T) {
	e := fails(t, newCloud(t), `try.each({1, 2}, function(n)
  if n == 1 then xpcall(error, function() try.sleep(2) end) end
  try.sleep(1)
  servers.get(404)
end)`)
	if e.Kind != NotFound || e.Position.Line != 4 {
		t.Errorf("ended with %s", renderError(e))
	}
}
