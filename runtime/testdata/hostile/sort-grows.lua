-- ends with limit:
local t = {}
for i = 1, 1000 do t[i] = i end
local keep = {}
table.sort(t, function(a, b) keep[#keep + 1] = ("x"):rep(1e4) .. a return a > b end)
while true do table.sort(t, function(a, b) keep[#keep + 1] = ("x"):rep(1e4) .. a return a > b end) end
