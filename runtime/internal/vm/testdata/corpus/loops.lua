-- numeric and generic loops
for i = 1, 3 do io_w = i end print(io_w)
local out = {} local function add(...) out[#out + 1] = table.concat({...}, ",") end
local function flush() print(table.concat(out, " ")) out = {} end
for i = 3, 1 do add(i) end flush()
for i = 3, 1, -1 do add(i) end flush()
for i = 1, 2, 0.25 do add(i) end flush()
for i = 0.1, 0.35, 0.1 do add(i) end flush()
for i = -1, -3, -2 do add(i) end flush()
for i = 1, 3 do local j = i i = i * 10 add(i, j) end flush()
for i = 1, 3 do for j = i, 3 do if j == 2 then break end add(i, j) end end flush()
local function iter(s, c) c = c + 1 if c <= s then return c, c * c end end
for i, sq in iter, 3, 0 do add(i, sq) end flush()
for i in iter, 2, 0 do add(i) end flush()
local function gen(n) local i = 0 return function() i = i + 1 if i <= n then return i, i, i end end end
for a, b, c, d in gen(2) do add(a, b, c, tostring(d)) end flush()
for a in gen(3) do add(a) if a == 2 then break end end flush()
local function state() return iter, 3, 1 end
for i, v in state() do add(i, v) end flush()
local function seen(...) add(select("#", ...), tostring((select(1, ...))), tostring((select(2, ...)))) end
for x in seen do end flush()
for x in seen, "s" do end flush()
for x in seen, "s", "c", "extra" do end flush()
local function two() return "s2", "c2", "more" end
for x in seen, two() do end flush()
for x in (function() return seen, "s3" end)() do end flush()
for i, v in ipairs({1, 2, nil, 4}) do add(i, v) end flush()
for i, v in ipairs({}) do add("never") end flush()
for k, v in next, {10} do add(k, v) end flush()
local keys = {} for k in pairs({a = 1, b = 2, c = 3}) do keys[#keys + 1] = k end table.sort(keys) print(unpack(keys))
local t = {1, 2, 3, 4} for k, v in pairs(t) do if v % 2 == 0 then t[k] = nil end end print(t[1], t[2], t[3], t[4])
local i = 1 while i <= 3 do add(i) i = i + 1 end flush()
i = 1 while true do i = i + 1 if i > 5 then break end if i % 2 == 0 then add(i) end end flush()
repeat local done = i > 7 i = i + 1 add(i) until done flush()
for _, v in ipairs({1, 2, 3}) do repeat if v == 2 then break end add(v) until true end flush()
local function find(list, x) for i, v in ipairs(list) do if v == x then return i, "found" end end return nil, "missing" end
print(find({5, 6, 7}, 6)) print(find({}, 1))
for i = 1, 3 do local f = function() return i end add(f()) end flush()
for i = 10, 1, -4 do add(i) end flush()
for i = 1, math.huge do if i > 3 then break end add(i) end flush()
for _, v in ipairs({1, 2}) do do break end end
for a in gen(2) do if a then end add("if", a) end flush()
for a in gen(2) do while a > 1 do a = a - 1 add("w", a) end end flush()
local n = 0 for _ in gen(100) do n = n + 1 end print(n)
print(pcall(function() for i = 1, 10 do if i == 4 then error(i, 0) end end end))
for k, v in pairs({n = {}}) do v.x = k add(v.x) end flush()
