-- literals, arithmetic, conversions
print(1, 1.5, .5, 3., 1e3, 1E-2, 0x10, 0xfF, 1e+2, 010, 0.1 + 0.2, 1e15, 1e100, 123456789012345)
print(2 ^ 53, 2 ^ 0.5, -2 ^ 2, (-2) ^ 2, 2 ^ 3 ^ 2, 2 ^ -1, 7 / 2, 1 / 3, -7 / 2, 1e300 * 10)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, -5.5 % 2, 5 % 0.3, 1e15 % 7, 0 % 5, 6 % 3, 13 % (0.5 / 3))
print(10 - 2 - 3, 2 * 3 + 4, 2 + 3 * 4, (2 + 3) * 4, 8 / 4 / 2, -3 + 2, - -3, 2 - -2, not 1 == 2)
print("10" + 5, "3" * "4", "0x10" + 0, " 7 " + 1, 10 .. 20, "010" + 0, "1e1" + 1, -"2", "5" % 3, 2 ^ "3")
print(10 == "10", "abc" < "abd", 1 < 2, 1 <= 1, 2 > 1, "a" .. 1 .. 2.5 .. "b", 1e15 .. "", 0.1 .. "", -0.5 .. "", 2 ^ 63 .. "")
print(tostring(1e15), tostring(123.456), tostring(-1e-7), tostring(1e14), tostring(12345678901234567890), 3.14159265358979)
print(math.floor(3.7), math.ceil(3.2), math.abs(-4), math.max(1, 5, 3), math.min(2, 0), math.sqrt(16), math.fmod(7, 3))
print(tostring(3) == "3", tostring(3.0), 1e2, 100 == 1e2, 0.1 + 0.2 == 0.3, 1 / 0 > 1e308, -1 / 0 < 0)
local inf, nan = 1 / 0, 0 / 0 print(inf, -inf, nan ~= nan, nan == nan, inf == inf, inf - inf ~= inf - inf, inf > nan, nan < 1)
print(#"\0abc", "\65\066\0067", "\a\b\f\v" == "\7\8\12\11", "a\
b", 'it\'s', "tab\tq\"", [[
first newline dropped]], [==[
]]]==], "\\n")
print(("x"):rep(0) == "", ("ab"):rep(3), #("x"):rep(100), ("abc"):sub(2), ("abc"):sub(-2, -1), ("abc"):sub(0), ("abc"):byte(1, -1))
local a, b = 5, 3 print(a + b, a - b, a * b, a / b, a % b, a ^ b, -a, a == b, a ~= b, a < b, a > b, a <= b, a >= b)
local c = a a = a + 1 print(a, c) local d = -a + b * c % 7 print(d) print(2 + 3 .. "x", 1 .. 2 == "12", "a" .. "b" == "ab" and 1)
print(0x7fffffff, 0xffffffff, 1e308 * 10 == inf, -0 == 0, 3 - 3, 5 - 5.0, 1e-320 > 0, 2 ^ 1024 == inf)
local s = 0 for i = 1, 100 do s = s + i end print(s) local p = 1 for i = 1, 20 do p = p * i end print(p) local h = 0 for i = 1, 10 do h = h + 1 / i end print(h)
print(8 % 3.5, 2 ^ 10 % 1000, 17 % 5 * 2, 17 * 2 % 5, -17 % 5, 100 % 1e9, 1e9 % 100, 3 % 1e308, 5 % inf ~= 5 % inf)
