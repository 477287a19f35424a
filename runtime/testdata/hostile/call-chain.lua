-- ends with limit: used up its
local mt = {}
mt.__call = function(self) return self() end
setmetatable(mt, mt)
mt()
