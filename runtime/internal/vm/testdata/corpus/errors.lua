-- pcall, error, levels
local function line(m) return type(m) == "string" and (m:match(":(%d+): ") or "-") .. " " .. m:gsub("^.-:%d+: ", "") or tostring(m) end
local function try(f, ...) local r = {pcall(f, ...)} if not r[1] then print("fail", line(r[2])) else print("ok", unpack(r, 2)) end end
try(function() error("m") end)
try(function() error("m", 0) end)
try(function() error("m", 1) end)
try(error, "direct") try(error) try(error, nil) try(error, true)
local function check(v) if not v then error("check failed", 2) end return v end
try(function()
  check(true)
  check(false)
end)
local function wrap(v) return (check(v)) end
try(function() return (wrap(nil)) end)
local function tail(v) return check(v) end
try(function() tail(nil) end)
try(function() error({1}) end == nil)
local e = {} print(select(2, pcall(error, e)) == e)
print(pcall(pcall, error, "x"))
local ok, err = pcall(function() local ok, err = pcall(error, "inner", 0) error("outer " .. err, 0) end) print(ok, err)
print(select("#", pcall(function() return nil, nil end)))
local depth = 0 local function nest(n) if n == 0 then error("bottom", 0) end local ok, m = pcall(nest, n - 1) error(m .. n, 0) end
print(pcall(nest, 5))
local cleaned = false
local function guarded(f) local ok, m = pcall(f) cleaned = true if not ok then error(m, 0) end end
print(pcall(guarded, function() error("g", 0) end), cleaned)
print(xpcall(function() return 1, 2 end, print)) print(xpcall(function() error("h", 0) end, function(m) return m:upper(), "second" end))
print(xpcall(function() error("h", 0) end, function() error("bad handler") end))
print(pcall(function() local t = nil; t.x = 1 end) == false, pcall(function() return #5 end) == false, pcall(function() return {} .. "" end) == false)
local n = 0 for i = 1, 10 do if not pcall(function() n = n + 1 if i % 3 == 0 then error("x") end end) then n = n + 100 end end print(n)
local function rethrow() local ok, m = pcall(error, {tag = "T"}) error(m) end local ok2, m2 = pcall(rethrow) print(m2.tag)
print(pcall(assert, false, "msg")) print(pcall(assert, nil, "m2")) print(pcall(assert, 1, 2, 3)) print(select(2, pcall(assert, false)))
local t = setmetatable({}, {__index = function(_, k) error("idx " .. k, 0) end, __add = function() error("add", 0) end}) print(pcall(function() return t.foo end)) print(pcall(function() return t + 1 end))
local up = 1 pcall(function() up = 2 local function f() up = up + 1 end f() error("x") end) print(up)
local res = {} for i = 1, 3 do res[i] = select(2, pcall(function() local v = i * 2 if v == 4 then error("four", 0) end return v end)) end print(unpack(res))
print(pcall(string.rep) == false, pcall(setmetatable, {}) == false, pcall(ipairs) == false)
local co = coroutine.create(function() local ok, m = pcall(error, "in co", 0) coroutine.yield(m) error("after", 0) end) print(coroutine.resume(co)) print(coroutine.resume(co)) print(coroutine.resume(co))
local s = 0 local function recurse(k) s = s + 1 return 1 + recurse(k + 1) end print(pcall(recurse, 1) == false, s > 100)
print(pcall(loadstring("error('in chunk', 0)"))) print(loadstring("return ...")(1, 2)) print((loadstring("x = =")))
print(pcall(loadstring("local a <const> = 1") or error, "no const"))
