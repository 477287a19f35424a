-- ends with limit: used up its
local t = {}
for i = 1, 1000 do t[i] = "some text" end
while true do table.concat(t) end
