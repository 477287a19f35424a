-- captured locals: sharing, loops, break, goto-free exits, errors
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 1 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
local gs = {}
for _, v in ipairs({"a", "b", "c"}) do gs[#gs + 1] = function() return v end end
print(gs[1](), gs[2](), gs[3]())
local keep
while true do
  if true then
    local x = "captured"
    keep = function() return x end
    break
  end
end
local junk1, junk2, junk3 = 1, 2, 3
print(keep())
local rs = {}
local k = 0
repeat
  local j = k
  rs[#rs + 1] = function() j = j + 10 return j end
  k = k + 1
until j >= 2
print(rs[1](), rs[2](), rs[3](), rs[1]())
local n = 0
local function bump() n = n + 1 end
bump() pcall(error, "x") bump()
print(n)
local function counter()
  local c = 0
  return function() c = c + 1 return c end, function() return c end
end
local inc, get = counter()
inc() inc()
print(get())
local function tries()
  local attempts = 0
  for i = 1, 3 do
    pcall(function() attempts = attempts + 1 error("again") end)
  end
  return attempts
end
print(tries())
local A, B
local function capture()
  local a, b = "A", "B"
  A, B = function() return a end, function() return b end
  error("out")
end
print(xpcall(capture, function(m) return "handled" end))
local function clobber(...) local x, y, z = 7, 8, 9 return x + y + z end
clobber(1, 2, 3)
print(A(), B())
do
  local x = 1
  local function f() return x end
  x = 2
  do local x = 3 print(f(), x) end
  print(f())
end
local function nest()
  local a = 1
  return function()
    local b = 2
    return function() a = a + b b = b * 2 return a, b end
  end
end
local nf = nest()()
print(nf()) print(nf())
local list = {}
for i = 1, 5 do
  local sq = i * i
  if i == 2 then list[#list + 1] = function() return "two" .. sq end
  elseif i == 4 then list[#list + 1] = function() sq = sq + 1 return sq end break end
end
print(#list, list[1](), list[2](), list[2]())
local t = setmetatable({}, {__index = function(t, k) local v = k .. "!" return function() return v end end})
print(t.a(), t.b())
local function varcap(...) local a, b = ... return function() a, b = b, a return a, b end end
local vf = varcap(1, 2)
print(vf()) print(vf())
local co = coroutine.wrap(function() local x = 0 while true do x = x + 1 coroutine.yield(function() x = x + 100 return x end) end end)
local c1 = co() print(c1()) local c2 = co() print(c2(), c1())
local env = {}
for w in string.gmatch("one two three", "%a+") do env[#env + 1] = function() return w end end
print(env[1](), env[2](), env[3]())
