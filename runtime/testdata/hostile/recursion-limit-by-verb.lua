-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() try.apply(f) end
while true do pcall(f) end
