-- ends with limit: calls nest more than 100 deep
-- recursion 100
local function f() return 1 + f() end
error(setmetatable({}, {__tostring = f}))
