-- assignments: order, swaps, conflicts
local a, b, c = 1, 2
print(a, b, c)
a, b = b, a
print(a, b)
a, b, c = c, a, b
print(a, b, c)
local t = {1, 2, 3}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
local x, y = (function() return 1, 2, 3 end)()
print(x, y)
local p, q, r = ((function() return 1, 2, 3 end)())
print(p, q, r)
x, y = 10
print(x, y)
local n = 5
n = nil and n * 2
print(n)
local m = 5
m = false or m
print(m)
local v = 5
v = (function() end)() and 1
print(v)
function Q(s) s = (s:gsub(",", ";")) return s end
print(Q("a,b"))
local function last(p) p = (p) return p end
print(last(7))
local r1 = 1
r1 = r1 and (2 > 3 and 2 < 5)
print(r1)
local function va(...)
  local a, b, c = 1, 2, 3
  a = (...)
  print(a, b, c)
  b = ...
  print(a, b, c)
  local d, e = ..., "e"
  print(d, e)
  c, a = ...
  print(a, b, c)
end
va("x", "y")
g1, g2 = 1, 2
g1, g2 = g2, g1
print(g1, g2)
do
  local a = {}
  local i = 3
  i, a[i], i, a[i + 1] = 1, 2, 3, 4
  print(i, a[3], a[4])
end
local obj = {inner = {v = 1}}
obj, obj.inner = nil, 5
print(obj)
local head = {v = 1, n = {v = 2, n = {v = 3}}}
local prev
while head do head.n, prev, head = prev, head, head.n end
print(prev.v, prev.n.v, prev.n.n.v, prev.n.n.n)
local function swap3(a, b, c) a, b, c = c, a, b return a, b, c end
print(swap3(1, 2, 3))
local up1, up2 = "u1", "u2"
local function swapup() up1, up2 = up2, up1 end
swapup()
print(up1, up2)
local z = {}
z.a, z.b, z.c = 1, 2
print(z.a, z.b, z.c)
local f = function() return f end
print(f())
local function rec(n) return n == 0 and "done" or rec(n - 1) end
print(rec(5))
local e1, e2, e3 = 1, (function() return 2, 3 end)(), (function() return 4, 5 end)()
print(e1, e2, e3)
local function order(s, ...) io = io; print("eval", s) return ... end
local T = {}
T[order("k1", 1)], T[order("k2", 2)] = order("v1", "a"), order("v2", "b"), order("v3", "c")
print(T[1], T[2])
