-- ends with limit: calls nest more than 100 deep
-- recursion 100
local t = {3, 2, 1}
local function f() table.sort(t, f) end
while true do pcall(f) end
