-- What a script finds when it begins.
assert(#arg == 2 and arg[1] == "a" and arg[2] == "b")
assert(params.region == "us" and params.sizes[2] == 2)
assert(host.answer == 42, "a Go map of the host")
assert(_G._G == _G and _G.print == print and _VERSION == "Lua 5.1")
assert(undefined == nil)

-- Globals are the run's own.
answer = 42
assert(_G.answer == 42)
_G.other = 1
assert(other == 1)

-- Time and chance are the run's.
assert(os.time() == time.now() and time.format() == "2030-01-01T00:00:00Z" and os.clock() == 0)
local first = math.random()
math.randomseed(7)
local a = math.random(1000)
math.randomseed(7)
assert(math.random(1000) == a and first >= 0 and first < 1)
assert(collectgarbage("count") > 0)

-- Numbers that tostring gives to objects begin at one in every run.
assert(tostring({}):match("^table: 0x0+1$"))

-- require loads a module once.
local counter = require("counter")
assert(counter.next() == 1 and require("counter").next() == 2)
local ok, e = pcall(require, "none")
assert(not ok and e:find("module 'none' not found", 1, true), e)
local ok, e = pcall(require, "broken")
assert(not ok and e:find("broken.lua:2: attempt to index a nil value (local 't')", 1, true), e)
local ok, e = pcall(require, "ring")
assert(not ok and e:find("requires itself", 1, true), e)

-- load compiles by the same rules.
assert(load("return ...")(5) == 5)
local f, e = load("x = = 1", "chunk")
assert(f == nil and type(e) == "string")
local env = {}
load("x = 1", "chunk", "t", env)()
assert(env.x == 1 and x == nil)

-- Assignments mean what Lua says.
local x, y = 1, 2
x, y = y, x
assert(x == 2 and y == 1)
local t = {size = nil}
local n = 5
n = t.size and t.size * 2
assert(n == nil)
