-- ends with limit: used up its
try.each({1, 2, 3}, function() while true do end end)
