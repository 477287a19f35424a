-- ends with limit: used up its
error(setmetatable({}, {__tostring = function() while true do end end}))
