-- metatables and operators
local V = {} V.__index = V
local function new(x, y) return setmetatable({x = x, y = y}, V) end
function V.__add(a, b) return new(a.x + b.x, a.y + b.y) end
function V.__sub(a, b) if type(b) == "number" then return new(a.x - b, a.y - b) end return new(a.x - b.x, a.y - b.y) end
function V.__mul(a, b) if type(a) == "number" then return new(a * b.x, a * b.y) end return a.x * b.x + a.y * b.y end
function V.__div(a, b) return "div" end
function V.__mod(a, b) return "mod" end
function V.__pow(a, b) return "pow" end
function V.__unm(a) return new(-a.x, -a.y) end
function V.__eq(a, b) return a.x == b.x and a.y == b.y end
function V.__lt(a, b) return a.x < b.x end
function V.__le(a, b) return a.x <= b.x end
function V.__concat(a, b) return (type(a) == "table" and a:str() or tostring(a)) .. (type(b) == "table" and b:str() or tostring(b)) end
function V.__call(self, k, ...) return self[k], select("#", ...), ... end
V.__tostring = function(v) return v:str() end
function V:str() return "(" .. self.x .. "," .. self.y .. ")" end
local a, b = new(1, 2), new(3, 4)
print((a + b):str(), (a - b):str(), (b - 1):str(), a * b, (2 * a):str(), (-a):str())
print(a / b, a % b, a ^ b, 5 % a, a % "x", 2 ^ a)
print(a == b, a == new(1, 2), a ~= new(1, 2), a < b, a <= b, a > b, a >= b)
print(a .. b, a .. "s", "s" .. a, 1 .. a, a .. b .. "!", "x" .. a .. 1 .. b)
print(a("x"), a("y", nil, 3))
print(tostring(a))
local log = {}
local p = setmetatable({}, {__index = function(t, k) log[#log + 1] = "get " .. tostring(k) return k end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. tostring(k) rawset(t, k, v) end})
p.a = 1 p.a = 2 print(p.a, p.b, p[3]) p[1], p[2] = p.x, p.y
print(table.concat(log, " "))
local base = {greet = function(self) return "hi " .. self.name end}
local mid = setmetatable({name = "mid"}, {__index = base})
local top = setmetatable({}, {__index = mid})
print(top:greet(), top.name, rawget(top, "name"), top.nope)
local ro = setmetatable({}, {__index = {k = 1}, __newindex = function() error("read only", 0) end, __metatable = "locked"})
print(ro.k, pcall(function() ro.k = 2 end)) print(getmetatable(ro), pcall(setmetatable, ro, {}))
local fwd = {} local w = setmetatable({}, {__newindex = fwd}) w.x = 1 print(rawget(w, "x"), fwd.x)
print(rawequal(a, new(1, 2)), rawequal(a, a), pcall(function() return a < 1 end))
local c = setmetatable({}, {__call = function(_, x) return x and x * 2 end})
print(c(4), pcall(c, 5)) for v in setmetatable({}, {__call = function(_, s, i) i = (i or 0) + 1 if i < 3 then return i end end}) do print("it", v) end
local t1, t2 = setmetatable({}, {__eq = function() return true end}), setmetatable({}, {__eq = function() return true end})
print(t1 == t2, t1 == 1)
local le = setmetatable({v = 1}, {__lt = function(x, y) return x.v < y.v end}) local le2 = setmetatable({v = 2}, getmetatable(le))
print(le <= le2, le2 <= le, le >= le2)
local deep = {} for i = 1, 20 do deep = setmetatable({}, {__index = deep}) end print(deep.x)
print(pcall(function() return setmetatable({}, {__index = function(t, k) error("no field " .. k, 0) end}).foo end))
local callable = setmetatable({}, {__call = function(self, ...) return ... end}) print((callable(1, 2)), callable(nil, nil))
local cat = setmetatable({}, {__concat = function(l, r) return type(l) .. "-" .. type(r) end})
print(cat .. 1, 1 .. cat, cat .. cat, "a" .. "b" .. cat, cat .. "a" .. "b")
print(#setmetatable({1, 2}, {}), -setmetatable({}, {__unm = function() return "neg" end}))
