-- coroutines
local function show(...) local r = {} for i = 1, select("#", ...) do r[i] = tostring((select(i, ...))) end print(select("#", ...), table.concat(r, " ")) end
local co = coroutine.create(function(a, b)
  show("start", a, b)
  local c = coroutine.yield(a + b)
  show("c", c)
  local d, e = coroutine.yield(c)
  show("de", d, e)
  show("multi", coroutine.yield())
  return "done", nil
end)
show(coroutine.resume(co, 1, 2)) show(coroutine.resume(co)) show(coroutine.resume(co, "d", "e", "f"))
show(coroutine.resume(co, nil, nil, nil)) show(coroutine.status(co)) show(coroutine.resume(co))
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
show(gen()) show(gen()) show(gen()) show(gen()) show(pcall(gen))
local function produce(n) return coroutine.wrap(function() for i = 1, n do local x = coroutine.yield(i, i * i) if x then show("got", x) end end end) end
for i, s in produce(3) do show(i, s) end
local co2 co2 = coroutine.create(function() show(coroutine.status(co2), coroutine.running() == co2) show(pcall(coroutine.resume, co2)) error({code = 7}) end)
show(coroutine.status(co2)) local ok, e = coroutine.resume(co2) show(ok, type(e), e.code, coroutine.status(co2)) show(coroutine.resume(co2))
show(coroutine.running())
local outer = coroutine.create(function()
  local inner = coroutine.create(function() coroutine.yield("inner") return "end" end)
  show(coroutine.resume(inner)) coroutine.yield("outer") show(coroutine.resume(inner)) show(coroutine.status(inner))
end)
show(coroutine.resume(outer)) show(coroutine.resume(outer)) show(coroutine.status(outer))
local function tail() return coroutine.yield("t") end
local tc = coroutine.create(function() return tail() end)
show(coroutine.resume(tc)) show(coroutine.resume(tc, "back", nil))
local d = coroutine.create(function() return coroutine.yield() end) show(coroutine.resume(d)) show(coroutine.resume(d)) show(coroutine.status(d))
local x = coroutine.wrap(function() if coroutine.yield() then show("wrong") else show("right") end local v = coroutine.yield() show(v == nil, v) end) x() x() x()
show(coroutine.resume(coroutine.create(function(...) return coroutine.yield(...) end), 1, 2))
local argc = coroutine.wrap(function(...) while true do show("n", select("#", ...)) coroutine.yield(select("#", coroutine.yield(...))) end end)
show(argc(1, nil)) show(argc()) argc() show(argc(nil, nil, nil))
local normal normal = coroutine.create(function() local c = coroutine.create(function() show(coroutine.status(normal)) show(coroutine.resume(normal)) end) coroutine.resume(c) end) coroutine.resume(normal)
local acc = coroutine.wrap(function(v) local sum = 0 while v do sum = sum + v v = coroutine.yield(sum) end return "total " .. sum end)
show(acc(1)) show(acc(2)) show(acc(3)) show(acc())
local fibs = coroutine.wrap(function() local a, b = 0, 1 while true do coroutine.yield(a) a, b = b, a + b end end)
local r = {} for i = 1, 12 do r[i] = fibs() end print(table.concat(r, " "))
local function perm(a, n) n = n or #a if n <= 1 then coroutine.yield(a) else for i = 1, n do a[n], a[i] = a[i], a[n] perm(a, n - 1) a[n], a[i] = a[i], a[n] end end end
for p in coroutine.wrap(function() perm({1, 2, 3}) end) do print(table.concat(p, " ")) end
local shared = 0 local function worker(n) return coroutine.create(function() for i = 1, n do shared = shared + 1 coroutine.yield() end end) end
local ws = {worker(2), worker(3), worker(1)} local alive = true
while alive do alive = false for _, w in ipairs(ws) do if coroutine.status(w) ~= "dead" then coroutine.resume(w) alive = true end end end print(shared)
local cap = coroutine.wrap(function() local n = 0 local function get() return n end coroutine.yield(get) n = n + 1 coroutine.yield() n = n + 1 end)
local get = cap() show(get()) cap() show(get()) cap() show(get())
show(pcall(coroutine.wrap(function() error("boom", 0) end))) show(select("#", coroutine.resume(coroutine.create(function() end))))
