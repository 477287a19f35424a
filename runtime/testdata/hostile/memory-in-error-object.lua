-- ends with limit: memory
error(setmetatable({}, {__tostring = function() return ("x"):rep(1e8) end}))
