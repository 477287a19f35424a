-- ends with limit: calls nest more than 100 deep
-- recursion 100
local t = setmetatable({}, {})
getmetatable(t).__index = function(t, k) return t[k + 1] end
while true do pcall(function() return t[1] end) end
