-- ends with ok
local t = {}
for i = 1, 100 do t[12345678 + i * 1000] = i end
t[2 ^ 53] = 1
