-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() return 1 + f() end
try.each({1, 2, 3}, function() while true do pcall(f) end end, {collect = true})
