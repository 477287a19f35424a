-- ends with script: __tostring failed
local mt = {}
local e = setmetatable({}, mt)
mt.__tostring = function() try.apply(function() error(e) end) end
try.apply(function() error(e) end)
