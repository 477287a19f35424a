-- and, or, not, comparisons, constants
local function t(...) local r = {} for i = 1, select("#", ...) do r[i] = tostring((select(i, ...))) end print(table.concat(r, " ")) end
local a, b, c, n, f = 1, 2, 3, nil, false
t(a and b, n and b, f and b, a or b, n or b, f or n, n or f)
t(a and b or c, n and b or c, (a and n) or c, a and (n or c), not a, not n, not not a)
t(nil and nil, false or nil, nil or false, false and nil, 1 and nil, nil == false)
t(1 and 2 and 3, 1 and nil and 3, nil or false or 3, false or nil or false)
t((a == 1) and "yes" or "no", (a ~= 1) and "yes" or "no", not (a == 1) and "yes" or "no")
t(a < b and b < c, a > b or b > c, not (a < b) == f, a <= 1 and a >= 1)
t("a" < "b", "a" < "B", "" < "a", "Z" < "a", "10" < "9", "a" <= "a")
local x = a and (b and (c and n)) t(x)
x = n or (f or (n or "end")) t(x)
x = not (n or f) and a t(x)
x = x and x and x t(x)
x = (x and n) t(x)
x = x or {} t(type(x))
local function yes() return true end local function no() return nil end
t(yes() and no(), no() or yes(), (no() and yes()) or (yes() and 1), (yes()))
if not no() and yes() then t("ok1") end
if no() or not yes() then t("bad") elseif yes() and not no() then t("ok2") else t("bad") end
while nil or f do t("bad") end
while false do t("bad") end
repeat t("once") until true
repeat local z = yes() until z and not no()
local i = 0 while i < 3 and not (i == 2) do i = i + 1 end t(i)
for _, v in ipairs({1}) do if false then t("bad") end t("body", v) end
for _, v in ipairs({1}) do local w = false and v or "w" t(w) end
for k, v in pairs({k = "v"}) do if nil then elseif k then t(k, v) end end
local r = {} for j = 1, 4 do r[#r + 1] = j % 2 == 0 and "even" or "odd" end t(unpack(r))
local function ret(v) return v and v > 1 and "big" or v and "small" or "none" end
t(ret(2), ret(1), ret(nil))
local function cmp(a, b) return a == b, a ~= b, not (a == b) end
t(cmp(1, 1)) t(cmp(1, "1")) t(cmp(nil, false)) t(cmp({}, {})) t(cmp("a", "a"))
local q = {v = nil or 1, [1] = false or "x", w = not nil} t(q.v, q[1], q.w)
t(1 == 1 == true, (1 < 2) == true, "x" == "x" and 1 or 2)
local y = f y = y == false t(y) y = y ~= true t(y)
t(n == nil and 1, n ~= nil and 1, n == nil or 1)
local s = "" s = s == "" and "empty" or s t(s)
local big = a and b and c and a + b and b + c and "end" or "no" t(big)
t(({n and 1 or 2, f or 3})[1], (function() return a or b end)())
local z1 = yes() and {1} or {2} t(z1[1])
local z2 z2 = no() and {1} or {2} t(z2[1])
t(-a and -b, #"abc" and 3, -(-3), - -2, not -1)
t(0 and "zero is true", "" and "empty is true")
