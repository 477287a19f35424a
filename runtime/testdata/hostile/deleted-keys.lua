-- ends with limit: used up its
-- gopher-lua never forgets a key: each call walks over all of them.
local t = {}
for i = 1, 1e4 do t["k" .. i] = i end
for i = 1, 1e4 do t["k" .. i] = nil end
while true do next(t) end
