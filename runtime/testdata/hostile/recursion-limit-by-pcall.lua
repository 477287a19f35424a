-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() return pcall(f) end
while true do f() end
