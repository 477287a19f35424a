-- ends with limit: used up its
tostring(setmetatable({}, {__tostring = function() while true do end end}))
