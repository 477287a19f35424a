-- ends with limit: used up its
xpcall(error, function() while true do end end)
