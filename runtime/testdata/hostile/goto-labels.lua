-- ends with limit: used up its
local t = {}
for i = 1, 2000 do t[#t + 1] = "do goto l" .. i .. " end ::l" .. i .. "::" end
local source = table.concat(t, " ")
while true do loadstring(source) end
