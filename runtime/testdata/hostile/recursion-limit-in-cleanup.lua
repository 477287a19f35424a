-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() return 1 + f() end
try.cleanup(function() while true do pcall(f) end end)
