-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() return 1 + f() end
try.spawn(function() pcall(f) end)
while true do pcall(try.sleep, 1) end
