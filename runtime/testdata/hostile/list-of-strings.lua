-- ends with limit:
local t = {}
for i = 1, 1e9 do t[i] = ("x"):rep(1e5) .. i end
