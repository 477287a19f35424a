-- varargs, adjusting of results, methods, tail calls, the table arg
local function n(...) return select("#", ...) end
local function three() return 1, 2, 3 end
local function none() end
print(n(), n(nil), n(nil, nil), n(none()), n((none())), n(three()), n((three())), n(three(), three()))
print(three(), "x") print((three()))
local t = {three(), three(), x = three(), three()}
print(#t, t[1], t[2], t[5], t.x)
local function va(a, ...)
  local b, c = ...
  local packed = {...}
  return a, b, c, packed[2], select("#", ...), (...)
end
print(va(1)) print(va(1, 2)) print(va(1, nil, 3, nil))
local function old(...) return arg.n, arg[1], arg[2] end
print(old(5, nil, 7))
local function pass(...) return ... end
print(pass()) print(pass(nil)) print(pass(1, nil, nil)) print((pass(1, 2)))
print(select(2, pass("a", "b", "c"))) print(select(-1, "x", "y"))
local obj = {name = "o"}
function obj:get(...) return self.name, ... end
function obj.static(...) return ... end
print(obj:get()) print(obj:get(1, 2)) print(obj.get({name = "p"}, 3)) print(obj.static(obj == obj))
obj.nested = {deep = {}}
function obj.nested.deep.f(x) return x * 2 end
function obj.nested.deep:m(x) return self == obj.nested.deep, x end
print(obj.nested.deep.f(4), obj.nested.deep:m(5))
local function loop(i, acc) if i == 0 then return acc end return loop(i - 1, acc + i) end
print(loop(50000, 0))
local function even(i) if i == 0 then return true end return odd(i - 1) end
function odd(i) if i == 0 then return false end return even(i - 1) end
print(even(1001))
print(("x"):rep(3), ("%d"):format(7), #("abc"):upper())
print(type(print), type(nil), type({}), type("x"), type(2), type(true), type(n))
local function defaults(a, b) a = a or "A" b = b == nil and "B" or b return a, b end
print(defaults()) print(defaults(1, false))
local s = 0 for _, v in ipairs({pass(1, 2, 3)}) do s = s + v end print(s)
print(pcall(pass, 1, nil, 3)) print(select("#", pcall(pass, nil, nil)))
print((function(...) return select("#", ...) end)(nil, nil, nil))
local f = pass
print(f "str", f {1}[1], f [[long]])
print(type(f {1}), #f {1, 2, three()})
local chained = {f = function(self, x) self.x = x return self end}
print(chained:f(1):f(2):f(3).x)
print(pass(pass(pass(1, 2), pass(3, 4))))
print(math.max(three()), math.max(three(), 0), string.char(three() + 64, 66))
local up = 0
local function side(x) up = up + 1 return x, up end
print(side("a"), side("b"), (side("c")))
