-- ends with limit: calls nest more than 100 deep
-- recursion 100
local t = setmetatable({}, {__tostring = function(t) return tostring(t) end})
while true do pcall(tostring, t) end
