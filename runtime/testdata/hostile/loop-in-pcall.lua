-- ends with limit: used up its
while true do pcall(function() while true do end end) end
