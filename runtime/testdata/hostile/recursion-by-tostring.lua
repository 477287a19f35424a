-- ends with script: stack overflow
local t = setmetatable({}, {})
getmetatable(t).__tostring = function(t) return tostring(t) end
tostring(t)
