-- ends with limit: used up its
local t = {}
for i = 1, 1e5 do t[i] = i end
for i = 1, 1e5 do t[i] = nil end
while true do local n = #t end
